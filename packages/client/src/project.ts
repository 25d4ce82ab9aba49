import type { Credential } from "./credentials/credential.ts";
import { CredentialsError } from "./errors/credentials-error.ts";
import { keystoneListProjects as operation } from "./generated/contract.ts";
import type { components } from "./generated/iam.ts";
import type { CallOptions } from "./method.ts";
import { baseUrl, type Settings } from "./settings.ts";
import { refusal, unreadable } from "./transport/refusal.ts";
import { notSent, type Send } from "./transport/send.ts";
import { within } from "./transport/within.ts";

/** Finds the project of a client. The signal ends one wait for it, which rejects with its reason; the look-up goes on for others. */
export type ProjectLookup = (options?: Pick<CallOptions, "signal">) => Promise<string>;

/**
 * Finds the project of a client, once: that of the options, else of the credentials, else of the region in IAM. Calls that
 * are made at the same time share one look-up, which belongs to none of them.
 */
export function createProjectLookup(settings: Settings, send: Send): ProjectLookup {
  let found: Promise<string> | undefined;
  const shared = () => {
    found ??= lookUp(settings, send).catch((error) => {
      found = undefined;
      throw error;
    });
    return found;
  };
  return async ({ signal } = {}) => {
    if (signal === undefined) return shared();
    // The look-up keeps its own time: that of the credentials, and that of the request.
    const limitMs = 2 * settings.totalTimeoutMs;
    return within(limitMs, signal, notSent(operation, "project", limitMs), shared);
  };
}

/** The IAM that knows a credential: what its source names counts unless the client was told another. */
function iamEndpointOf(settings: Settings, credential: Credential): string | undefined {
  const named = credential.type === "accessKey" ? credential.iamEndpoint : undefined;
  if (named === undefined || settings.isIamEndpointGiven) return settings.iamEndpoint;
  return baseUrl(named, "the IAM endpoint of the credentials");
}

async function lookUp(settings: Settings, send: Send): Promise<string> {
  if (settings.projectId !== undefined) return settings.projectId;
  const { totalTimeoutMs } = settings;
  const late = notSent(operation, "credentials", totalTimeoutMs);
  const credential = await within(totalTimeoutMs, undefined, late, async () => settings.credentials(settings));
  if (credential.projectId !== undefined) return credential.projectId;
  if (settings.region === undefined) {
    throw new CredentialsError("The project is not known. Give the client a projectId, or a region to look it up by.");
  }
  const iamEndpoint = iamEndpointOf(settings, credential);
  if (iamEndpoint === undefined) {
    throw new CredentialsError(
      `The project is not known, and neither is the IAM of region ${settings.region} to look it up. Give the client a projectId or an iamEndpoint.`,
    );
  }
  const url = `${iamEndpoint}${operation.path}?name=${encodeURIComponent(settings.region)}`;
  const answer = await send({ operation, url, headers: {}, limits: {} }, undefined);
  if (!answer.response.ok) throw refusal(operation, answer, settings.now());
  const { projects } = answer.body as Partial<components["schemas"]["ProjectList"]>;
  if (!Array.isArray(projects)) {
    throw unreadable(operation, answer.response, answer.text, "the body lists no projects");
  }
  const [project] = projects;
  if (project === undefined || projects.length > 1) {
    throw new CredentialsError(
      `IAM lists ${projects.length} projects named ${settings.region}, not one. Activate the region, or give the client a projectId.`,
    );
  }
  return project.id;
}

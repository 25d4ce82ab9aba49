import { CredentialsError } from "./errors/credentials-error.ts";
import { keystoneListProjects as operation } from "./generated/contract.ts";
import type { components } from "./generated/iam.ts";
import type { Settings } from "./settings.ts";
import { refusal, unreadable } from "./transport/refusal.ts";
import { notSent, type Send } from "./transport/send.ts";
import { fillQuery } from "./transport/url.ts";
import { within } from "./transport/within.ts";

/**
 * Finds the project of a client, once: that of the options, else of the credentials, else of the region in IAM. Calls that
 * are made at the same time share one look-up, which belongs to none of them.
 */
export function createProjectLookup(settings: Settings, send: Send): () => Promise<string> {
  let found: Promise<string> | undefined;
  return () => {
    found ??= lookUp(settings, send).catch((error) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function lookUp(settings: Settings, send: Send): Promise<string> {
  if (settings.projectId !== undefined) return settings.projectId;
  const { totalTimeoutMs } = settings;
  const late = notSent(operation, "credentials", totalTimeoutMs);
  const { projectId } = await within(totalTimeoutMs, undefined, late, async () => settings.credentials(settings));
  if (projectId !== undefined) return projectId;
  if (settings.region === undefined) {
    throw new CredentialsError("The project is not known. Give the client a projectId, or a region to look it up by.");
  }
  const url = `${settings.iamEndpoint}${operation.path}?${fillQuery({ name: settings.region })}`;
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

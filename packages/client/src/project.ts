import { CredentialsError } from "./errors/credentials-error.ts";
import { iamPaths } from "./generated/contract.ts";
import type { components } from "./generated/iam.ts";
import type { Settings } from "./settings.ts";
import { refusal } from "./transport/refusal.ts";
import { credentialContext, type Send } from "./transport/send.ts";

const listProjects = {
  id: "KeystoneListProjects",
  method: "GET",
  path: iamPaths.keystoneListProjects,
  answersJson: true,
  startsJob: false,
  action: "unknown",
};

/** Finds the project of a client, once: that of the options, else of the credentials, else of the region in IAM. */
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
  const { projectId } = await settings.credentials(credentialContext(settings));
  if (projectId !== undefined) return projectId;
  if (settings.region === undefined) {
    throw new CredentialsError("The project is not known. Give the client a projectId, or a region to look it up by.");
  }
  const url = `${settings.iamEndpoint}${listProjects.path}?name=${encodeURIComponent(settings.region)}`;
  const response = await send({ operation: listProjects, url, headers: {} }, undefined);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusal(listProjects, response, body, settings.now());
  const projects = (body as Partial<components["schemas"]["ProjectList"]> | undefined)?.projects ?? [];
  const [project] = projects;
  if (project === undefined || projects.length > 1) {
    throw new CredentialsError(
      `IAM lists ${projects.length} projects named ${settings.region}, and exactly one is needed. Activate the region, or ` +
        "give the client a projectId.",
    );
  }
  return project.id;
}

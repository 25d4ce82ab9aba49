import type { FullClient, KeyCredential } from "@workspace-aps/client";
import { signRequest } from "@workspace-aps/client/sign";
import { networkOf } from "../connection/network.ts";
import { authProjectsPath } from "../generated/iam.ts";
import type { Context } from "../program/context.ts";

interface Project {
  readonly id: string;
  readonly name: string;
  readonly domain_id?: string;
}

/**
 * The account that an access key belongs to, and the projects that it may use, as IAM says.
 *
 * @throws Error that says why IAM does not say it. Never shows the key.
 */
export async function ownerOf(context: Context, client: FullClient, key: KeyCredential): Promise<string> {
  const { settings, serviceClock } = client;
  const { iamEndpoint, timeoutMs } = settings;
  if (iamEndpoint === undefined) throw new Error("its endpoint is not known; give --iam-endpoint.");
  const url = `${iamEndpoint}${authProjectsPath}`;
  const headers = await signRequest({ method: "GET", url }, key, new Date(serviceClock.now()));
  const signal = AbortSignal.any([context.interruption.signal, AbortSignal.timeout(timeoutMs)]);
  const { fetch } = networkOf(context.settings, context.host);
  const response = await fetch(url, { headers: { ...headers }, redirect: "manual", signal });
  const text = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}.`);
  const { projects = [] } = JSON.parse(text) as { projects?: readonly Project[] };
  const accounts = [...new Set(projects.map(({ domain_id }) => domain_id).filter(Boolean))];
  const names = projects.map(({ id, name }) => `${name} (${id})`);
  return `account ${accounts.join(", ") || "unknown"}; projects ${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;
}

import { iamServers, servers } from "./generated/contract.ts";
import type { Service } from "./operation.ts";
import { nearest } from "./validation/nearest.ts";

type Server = Service["servers"][number];

/** Base URL of the service by region. */
export const regionHosts: Readonly<Record<string, string>> = /* @__PURE__ */ hosts(servers);

/** @throws TypeError when the region is unknown, with the nearest known one. */
export function serviceHost(region: string | undefined): string {
  if (region === undefined) throw new TypeError("createClient: give a region or an endpoint.");
  const known = hosts(servers);
  const host = known[region];
  if (host !== undefined) return host;
  const suggestion = nearest(region, Object.keys(known));
  const hint = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
  throw new TypeError(
    `createClient: region ${JSON.stringify(region)} is not known.${hint} Give an endpoint to use a region that is not in the list.`,
  );
}

/**
 * Regions of the service without an IAM host of their own use the global one, as the vendor's SDKs do.
 *
 * @returns undefined for a region that is not known: it may be of another cloud, with another IAM.
 */
export function iamHost(region: string | undefined): string | undefined {
  const known = hosts(iamServers);
  if (region === undefined) return undefined;
  return known[region] ?? (region in hosts(servers) ? known[""] : undefined);
}

/** @throws TypeError when the service is not known to be in the region. */
export function hostIn({ name, servers }: Service, region: string | undefined): string {
  const known = hosts(servers);
  const host = known[region ?? ""] ?? known[""];
  if (host !== undefined) return host;
  throw new TypeError(`The host of ${name} in region ${region} is not known. Give the client endpoints.${name}.`);
}

function hosts(servers: readonly Server[]): Record<string, string> {
  return Object.fromEntries(
    servers.flatMap(({ url, regions }) =>
      regions.split(" ").map((region) => [region, url.replace("{region}", region)]),
    ),
  );
}

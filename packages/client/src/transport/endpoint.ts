import type { Operation } from "../operation.ts";
import { hostIn } from "../regions.ts";
import { isLoopback, type Settings } from "../settings.ts";

/**
 * Base URL of the service that has an operation. A further service is where the option `endpoints` says, or with the first
 * service where that is one emulator for all, or at its own host in the region.
 */
export function endpointOf(settings: Settings, { service }: Operation): string {
  if (service === undefined) return settings.endpoint;
  const usual = isLoopback(settings.endpoint) ? settings.endpoint : undefined;
  return settings.endpoints[service.name] ?? usual ?? hostIn(service, settings.region);
}

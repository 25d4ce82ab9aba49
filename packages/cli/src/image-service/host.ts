import { isLoopback } from "@workspace-aps/client";
import { listImages } from "@workspace-aps/client/ims";
import { UsageError } from "../arguments/usage-error.ts";
import { targetOf } from "../connection/target.ts";
import type { Context } from "../program/context.ts";

/** @throws UsageError where the image service has no host: neither in the region nor in an emulator. */
export function refuseUnknownHost({ settings }: Context): void {
  const { region, endpoint } = targetOf(settings);
  const isKnown = listImages.service.servers.some((server) => server.regions.split(" ").includes(region ?? ""));
  if (isKnown || isLoopback(endpoint)) return;
  throw new UsageError("The image service is found by --region, and none is given that it knows.");
}

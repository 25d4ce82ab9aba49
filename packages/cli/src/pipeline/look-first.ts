import { ApiError, type FleetImage, type FullClient, type PrunedImage, type RolloutPlan } from "@workspace-aps/client";
import { job } from "../generated/job.ts";
import type { Context } from "../program/context.ts";
import type { Golden } from "./golden.ts";
import { plansOf, prunable } from "./plan-groups.ts";

/** What a pipeline would do, as things are. */
export interface FirstLook {
  readonly image: FleetImage;
  readonly serverStatus: string;
  readonly plans: readonly RolloutPlan[];
  readonly prune: readonly PrunedImage[];
  /** What keeps it from running. */
  readonly problems: readonly string[];
}

/** Looks at the image server, the groups and old images before half an hour is spent on an image. Reads only. */
export async function lookFirst(
  context: Context,
  client: FullClient,
  golden: Golden,
  image: FleetImage,
): Promise<FirstLook> {
  const serverStatus = await statusOf(client, image.serverId, context.interruption.signal);
  const { allowed } = job.kinds.CREATE_SERVER_IMAGE.server;
  const isReady = (allowed as readonly string[]).includes(serverStatus);
  const plans = await plansOf(context, client, golden, undefined);
  const prune = golden.prune === undefined ? [] : await prunable({ context, client, golden });
  const bad = plans.flatMap(({ group, checks }) =>
    checks.filter(({ verdict }) => verdict === "bad").map(({ says }) => `Group ${group.name}: ${says}`),
  );
  const server = `Image server ${image.serverId} is ${serverStatus}, and must be ${allowed.join(" or ")}.`;
  return { image, serverStatus, plans, prune, problems: [...(isReady ? [] : [server]), ...bad] };
}

async function statusOf(client: FullClient, serverId: string, signal: AbortSignal): Promise<string> {
  try {
    const { status } = await client.showImageServer({ path: { server_id: serverId } }, { signal });
    return String(status);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return "not there";
    throw error;
  }
}

import type { Client } from "../../client.ts";
import { ApsError } from "../../errors/aps-error.ts";
import { serverJob as facts } from "../../generated/contract.ts";
import type { CallOptions } from "../../method.ts";
import { methodsOf } from "../../methods.ts";
import { paginate } from "../paginate.ts";
import { checkImage, findImages, notMadeYet } from "./check-image.ts";
import { checkPermissions, permissionChecks } from "./check-permissions.ts";
import { type ImageService, imageServiceOf } from "./image-service.ts";
import * as rolloutOperations from "./rollout-operations.ts";
import type { GroupImageType, PlanCheck, PlannedServer, RolloutPlan } from "./rollout-plan.ts";
import { isBroken, isReady, type SeenServer, seenServer } from "./seen-server.ts";

/** What to plan. */
export interface PlanOptions extends Pick<CallOptions, "signal" | "onThrottled"> {
  readonly serverGroupId: string;
  /** The image that the group and its servers get. */
  readonly imageId: string;
  /** Whether that image is still to be made, so that nothing can be said of it, and its id is any text. Default: false. */
  readonly isToBeMade?: boolean | undefined;
  /** Where it comes from. Default: what the image service says, else `private`. */
  readonly imageType?: GroupImageType | undefined;
  /** Of an image of the marketplace. Default: empty. */
  readonly imageProductId?: string | undefined;
  /** How many servers may be out of service at once: a number, or a share such as `25%`, rounded down. Default: 1. */
  readonly maxUnavailable?: number | `${number}%` | undefined;
  /** How many servers go first, alone. Default: 1. */
  readonly canary?: number | undefined;
}

/**
 * Looks at a group, its servers and both images, and says what a rollout would do. It reads only.
 *
 * @throws ApsError when the group has no image to go back to, or `maxUnavailable` is none.
 * @throws ApiError when the service does not show the group, its servers or its policy.
 */
export async function planRollout(client: Client, options: PlanOptions): Promise<RolloutPlan> {
  const { serverGroupId, imageId, canary = 1, signal, onThrottled } = options;
  const call = { signal, onThrottled };
  const imageService = imageServiceOf(client);
  const methods = methodsOf(client, rolloutOperations);
  const path = { server_group_id: serverGroupId };
  const group = await methods.showServerGroup({ path }, call);
  const servers: SeenServer[] = [];
  const query = { server_group_id: serverGroupId };
  for await (const server of paginate(methods.listServers, { query }, call)) servers.push(seenServer(server));
  const scaling = await methods.showScalingPolicy({ query }, call);
  if (!group.image_id) throw new ApsError(`planRollout: server group ${serverGroupId} has no image to go back to.`);
  const images = options.isToBeMade
    ? notMadeYet
    : await findImages(imageService, { toId: imageId, fromId: group.image_id }, call);
  const { showServerGroup, listServers, showScalingPolicy } = rolloutOperations;
  const answered = { known: [showServerGroup, listServers, showScalingPolicy], groupId: serverGroupId, servers };
  const permissions = await checkPermissions(client, answered, call);
  const planned = servers.map((server) => plannedServer(server, imageId));
  const moves = planned.filter(({ action }) => action === "move").length;
  const maxUnavailable = countOf(options.maxUnavailable ?? 1, servers.length);
  const rounds =
    Math.ceil(Math.max(0, moves - canary) / maxUnavailable) + Math.ceil(Math.min(canary, moves) / maxUnavailable);
  const { typicalSeconds, limitSeconds } = facts.kinds.CHANGE_SERVER_IMAGE;
  return {
    version: 1,
    madeAt: new Date(client.serviceClock.now()).toISOString(),
    group: { id: serverGroupId, name: group.name ?? "", osType: group.os_type ?? "Windows" },
    from: {
      imageId: group.image_id,
      imageType: (group.image_type as GroupImageType | undefined) ?? "private",
      imageProductId: group.image_product_id ?? "",
    },
    to: {
      imageId,
      imageType: options.imageType ?? typeOf(images.to?.__imagetype),
      imageProductId: options.imageProductId ?? "",
    },
    checks: [
      ...checkImage(group, images),
      ...(await quota(imageService, call)),
      ...checkGroup(planned, moves),
      ...permissionChecks(permissions),
    ],
    servers: planned,
    maxUnavailable,
    canary,
    scaling: scaling.enable ? scaling : undefined,
    permissions,
    estimate: { typicalSeconds: rounds * typicalSeconds, limitSeconds: rounds * limitSeconds },
  };
}

function plannedServer(server: SeenServer, imageId: string): PlannedServer {
  const { id, name, status, machine, isDrained, sessions } = server;
  const reason = server.imageId === imageId ? undefined : obstacleOf(server);
  const action = server.imageId === imageId ? "none" : reason === undefined ? "move" : "blocked";
  return { id, name, imageId: server.imageId, status, machine, isDrained, sessions, action, reason };
}

/** What stands in the way of moving a server; undefined when nothing does. */
export function obstacleOf(server: SeenServer): string | undefined {
  if (server.isFrozen) return "It is frozen.";
  if (isBroken(server)) return `It is abnormal: ${server.status}, ${server.machine}.`;
  if (!isReady(server)) return `It is not ready: ${server.status}, ${server.machine}, task ${server.task}.`;
  if (server.isDrained) return "Somebody has put it into maintenance mode.";
  return undefined;
}

function checkGroup(servers: readonly PlannedServer[], moves: number): PlanCheck[] {
  const blocked = servers.filter(({ action }) => action === "blocked");
  const names = blocked.map(({ name }) => name).join(", ");
  return blocked.length === 0
    ? [{ about: "servers", verdict: "good", says: `${moves} of ${servers.length} servers get the image.` }]
    : [{ about: "servers", verdict: "unknown", says: `${blocked.length} servers are left as they are: ${names}.` }];
}

async function quota(service: ImageService, call: CallOptions): Promise<PlanCheck[]> {
  const shown = await service.showImageQuota({}, call).catch(() => undefined);
  call.signal?.throwIfAborted();
  const resource = shown?.quotas.resources[0];
  if (resource === undefined)
    return [{ about: "quota", verdict: "unknown", says: "The quota of images is not shown." }];
  const says = `${resource.used} of ${resource.quota} private images are there.`;
  return [{ about: "quota", verdict: "good", says }];
}

function countOf(value: number | `${number}%`, servers: number): number {
  const count = typeof value === "number" ? value : Math.floor((servers * Number.parseFloat(value)) / 100);
  if (!(count >= 0)) throw new ApsError(`planRollout: maxUnavailable must be a number or a share; given was ${value}.`);
  return Math.max(1, Math.floor(count));
}

function typeOf(kind: string | undefined): GroupImageType {
  return kind === "gold" || kind === "shared" ? kind : "private";
}

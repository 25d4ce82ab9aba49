import { type FleetRunImage, placeOf } from "../images/image.ts";
import { placeKey } from "../place.ts";
import { RunError } from "../runs/run-error.ts";
import type { FleetRollout } from "./rollout.ts";

/**
 * Holds the rollouts of a run against its images. What the service says of a group is found out when its rollout is planned.
 *
 * @throws RunError with every problem.
 */
export function checkRollouts(run: string, rollouts: readonly FleetRollout[], images: readonly FleetRunImage[]): void {
  const servers = new Set(images.map((image) => `${placeKey(placeOf(image))}/${image.serverId}`));
  const groups = new Set<string>();
  const problems = rollouts.flatMap(({ account = "", region, projectId, serverGroupId, serverId, ...options }) => {
    const place = placeKey({ account, region, projectId });
    const group = `${place}: server group ${serverGroupId}`;
    const isTwice = groups.has(group);
    groups.add(group);
    const { maxUnavailable, canary, maxFailures, onFailure, drain } = options;
    return [
      serverGroupId ? undefined : `${place}: a rollout names no server group.`,
      isTwice ? `${group} is named twice.` : undefined,
      servers.has(`${place}/${serverId}`)
        ? undefined
        : `${group} is to get the image of server ${serverId}, which is not in the run.`,
      isShare(maxUnavailable) ? undefined : `${group}: maxUnavailable is a number of at least 1, or a share as 25%.`,
      isCount(canary) ? undefined : `${group}: canary is a number of at least 0.`,
      isCount(maxFailures) ? undefined : `${group}: maxFailures is a number of at least 0.`,
      [undefined, "stop", "roll back"].includes(onFailure) ? undefined : `${group}: onFailure is stop or roll back.`,
      [undefined, "wait", "skip", "logoff"].includes(drain?.atTimeout)
        ? undefined
        : `${group}: drain.atTimeout is wait, skip or logoff.`,
    ].filter((problem) => problem !== undefined);
  });
  if (problems.length > 0) throw new RunError(`Run ${run} was not submitted. Nothing was written.`, problems);
}

function isCount(value: unknown): boolean {
  return value === undefined || (Number.isInteger(value) && Number(value) >= 0);
}

function isShare(value: unknown): boolean {
  return value === undefined || (Number.isInteger(value) && Number(value) >= 1) || /^\d{1,3}%$/.test(String(value));
}

import { ApiError } from "../../errors/api-error.ts";
import { batches } from "../../generated/contract.ts";
import { insist } from "./insist.ts";
import { note, type RolloutRun, writing } from "./rollout-run.ts";
import { serverOf } from "./rollout-state.ts";

/** Puts servers into maintenance mode, so that no new user comes to them. */
export function holdServers(run: RolloutRun, ids: readonly string[]): Promise<void> {
  return setMaintenance(run, ids, true);
}

/** Puts servers back into service. */
export function releaseServers(run: RolloutRun, ids: readonly string[]): Promise<void> {
  return setMaintenance(run, ids, false);
}

async function setMaintenance(run: RolloutRun, ids: readonly string[], isDrained: boolean): Promise<void> {
  const { size } = batches.batchChangeServerMaintainMode;
  const type = isDrained ? "drain" : "undrain";
  for (let from = 0; from < ids.length; from += size) {
    const items = ids.slice(from, from + size);
    for (const serverId of items) {
      const { hold } = serverOf(run.state, serverId);
      if (hold !== (isDrained ? "asked" : "releasing")) await note(run, { type, step: "asked", serverId });
    }
    for (const serverId of await change(run, items, isDrained)) await note(run, { type, step: "done", serverId });
  }
}

/** The servers that were changed. One that is busy refuses all of a batch, so they are then changed one by one. */
async function change(run: RolloutRun, items: readonly string[], isDrained: boolean): Promise<readonly string[]> {
  const { methods } = run;
  const body = { maintain_status: isDrained };
  try {
    await insist(run, () => methods.batchChangeServerMaintainMode({ body: { items, ...body } }, writing(run)));
    // One that is unknown is ignored in a batch, and is then missing in the next looks.
    return items;
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const done: string[] = [];
  for (const serverId of items) {
    try {
      await insist(run, () => methods.updateServer({ path: { server_id: serverId }, body }, writing(run)));
      done.push(serverId);
    } catch (error) {
      // It is tried again at the next look, or is found to be gone.
      if (!isRefusal(error)) throw error;
    }
  }
  return done;
}

/** Whether the service has refused what was asked for because of a server. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && [400, 404, 409].includes(error.status);
}

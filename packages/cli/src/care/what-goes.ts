import { ApiError, type FullClient } from "@workspace-aps/client";
import type { Command } from "../command.ts";
import { methodOf } from "../request/method.ts";

/** One thing that is to be taken away, as it was just seen. */
export interface Going {
  readonly id: string;
  readonly name?: string | undefined;
  readonly status?: string | undefined;
}

/** How the things that an operation takes away are looked at: by the operation that shows one of them. */
const shownBy: Readonly<Record<string, { readonly method: string; readonly parameter: string }>> = {
  BatchDeleteImageServer: { method: "showImageServer", parameter: "server_id" },
  BatchDeleteServer: { method: "showServer", parameter: "server_id" },
};

/** Records of sub-jobs are listed only. */
const listedBy: Readonly<
  Record<string, { readonly method: string; readonly query: Readonly<Record<string, string>> }>
> = {
  BatchDeleteImageSubJobs: { method: "listImageSubJobs", query: { job_type: "" } },
};

/** What is known before something is taken away. */
export interface Look {
  readonly going: readonly Going[];
  /** Ids that nothing has. */
  readonly unknown: readonly string[];
}

/** Looks at what an operation is to take away. What nobody can look at is only named. */
export async function lookAt(
  client: FullClient,
  { operationId }: Command,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Look> {
  const show = shownBy[operationId];
  if (show !== undefined) return sorted(ids, await Promise.all(ids.map((id) => shown(client, show, id, signal))));
  const list = listedBy[operationId];
  if (list === undefined) return { going: ids.map((id) => ({ id })), unknown: [] };
  const { paginate } = await import("@workspace-aps/client");
  const found = new Map<string, Going>();
  const method = methodOf(client, list.method) as never;
  for await (const item of paginate<
    never,
    { id: string; status?: string; job_resource_info?: { resource_name?: string } }
  >(method, { query: list.query } as never, { signal })) {
    if (ids.includes(item.id))
      found.set(item.id, { id: item.id, name: item.job_resource_info?.resource_name, status: item.status });
  }
  return sorted(
    ids,
    ids.map((id) => found.get(id)),
  );
}

function sorted(ids: readonly string[], found: readonly (Going | undefined)[]): Look {
  return {
    going: found.filter((one) => one !== undefined),
    unknown: ids.filter((_, index) => found[index] === undefined),
  };
}

async function shown(
  client: FullClient,
  { method, parameter }: { readonly method: string; readonly parameter: string },
  id: string,
  signal: AbortSignal,
): Promise<Going | undefined> {
  try {
    const answer = (await methodOf(client, method)({ path: { [parameter]: id }, query: {} }, { signal })) as Going;
    return { id, name: answer.name, status: answer.status };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    // Whoever may delete need not be allowed to look.
    if (error instanceof ApiError && error.status === 403) return { id };
    throw error;
  }
}

import { ApiError, type FullClient, type ServiceImage } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command } from "../command.ts";
import { methodOf } from "../request/method.ts";

/** One thing that is to be taken away, as it was just seen. */
export interface Going {
  readonly id: string;
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  /** Who uses it, as a sentence. */
  readonly usedBy?: string | undefined;
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

/** Whether what an operation takes away can be looked at before. */
export function canLookAt({ operationId }: Command): boolean {
  return operationId in shownBy || operationId in listedBy || operationId === imageDeletion;
}

/** Looks at what an operation is to take away. What nobody can look at is only named. */
export async function lookAt(
  client: FullClient,
  { operationId }: Command,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Look> {
  if (operationId === imageDeletion) return sorted(ids, await images(client, ids, signal));
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

/** @throws UsageError that names what does not exist. */
export function refuseUnknown(unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  throw new UsageError(
    `${unknown.map((id) => JSON.stringify(id)).join(", ")} ${unknown.length === 1 ? "does" : "do"} not exist. Nothing was sent.`,
  );
}

/** Whether something is shown after it was taken away; not where nobody may look. */
export async function isStillThere(
  client: FullClient,
  command: Command,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { going } = await lookAt(client, command, [id], signal);
  return going.some(({ status }) => status !== undefined);
}

/** The operation of the image service that answers with success whatever comes of it. */
const imageDeletion = "GlanceDeleteImage";

/** Images with who uses them, as far as the caller may know. */
async function images(client: FullClient, ids: readonly string[], signal: AbortSignal): Promise<(Going | undefined)[]> {
  const { listImages } = await import("@workspace-aps/client/ims");
  const { methodsOf, paginateImages, usersOfImages } = await import("@workspace-aps/client");
  const service = methodsOf(client, { listImages });
  try {
    const own: ServiceImage[] = [];
    for await (const image of paginateImages(service.listImages, { query: { __imagetype: "private" } }, { signal }))
      own.push(image);
    const users = await usersOfImages(client, own, { signal }).catch(whereRefused(() => new Map<string, string>()));
    return ids.map((id) => {
      const found = own.find((image) => image.id === id);
      return found && { id, name: found.name, status: found.status, usedBy: users.get(id) };
    });
  } catch (error) {
    return whereRefused(() => ids.map((id) => ({ id })))(error);
  }
}

/** Whoever may delete need not be allowed to look. */
function whereRefused<Value>(value: () => Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof ApiError && error.status === 403) return value();
    throw error;
  };
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
    return whereRefused((): Going => ({ id }))(error);
  }
}

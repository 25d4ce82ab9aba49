import { type FullClient, paginate } from "@workspace-aps/client";
import type { Command } from "../command.ts";
import type { Context } from "../program/context.ts";
import type { RequestParts } from "../request/build.ts";
import type { Result } from "./print.ts";
import { resultOf } from "./result-of.ts";

interface Job {
  readonly id: string;
}

/** What a job has made or acted on, in the columns that a list of jobs has for it. */
interface Made {
  readonly made?: string | undefined;
  readonly made_id?: string | undefined;
  /** Name of the server that has the image. */
  readonly server_name?: string | undefined;
}

const madeFields: readonly (keyof Made)[] = ["made", "made_id", "server_name"];

/**
 * A list of jobs with what each of them made, which is known of its parts. Shown to people only: programs get the answer
 * of the service, and read the parts themselves.
 */
export async function joinedJobs(
  context: Context,
  client: FullClient,
  command: Command,
  answer: unknown,
  request: RequestParts,
): Promise<Result> {
  const { output } = context;
  const plain = resultOf(context, command, answer);
  const { items = [] } = answer as { items?: readonly Job[] };
  const isForPeople = output.format === "table" && output.fields === undefined && output.query === undefined;
  if (!isForPeople || items.length === 0) return plain;
  const found = await madeBy(context, client, items, request);
  const columns = madeFields.map((title) => ({ title, at: [title], kind: "text" as const }));
  const { view } = command;
  const joined = resultOf(
    context,
    { ...command, view: { ...view, columns: [...view.columns, ...columns], fields: [...view.fields, ...madeFields] } },
    answer,
  );
  return {
    ...plain,
    lines({ document, ...how }) {
      const shown = (document as { items: readonly Job[] }).items;
      return joined.lines({ document: { items: shown.map((job) => ({ ...job, ...found.get(job.id) })) }, ...how });
    },
  };
}

/** What jobs made, by their ids. Whoever may not see it sees the jobs alone. */
async function madeBy(
  context: Context,
  client: FullClient,
  jobs: readonly Job[],
  request: RequestParts,
): Promise<ReadonlyMap<string, Made>> {
  const { signal } = context.interruption;
  const wanted = new Set(jobs.map(({ id }) => id));
  const found = new Map<string, Made>();
  try {
    const servers = new Map<string, string>();
    for await (const { image_id, name } of paginate(client.listImageServers, {}, { signal }))
      if (image_id) servers.set(image_id, String(name ?? ""));
    const query = { job_type: String(request.query.job_type ?? "") } as never;
    for await (const part of paginate(client.listImageSubJobs, { query }, { signal })) {
      const { resource_id: id, resource_name: name } = part.job_resource_info ?? {};
      if (wanted.has(part.job_id) && !found.has(part.job_id))
        found.set(part.job_id, {
          made: name,
          made_id: id,
          server_name: id === undefined ? undefined : servers.get(id),
        });
      if (found.size === wanted.size) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    context.log.debug(`What the jobs made is not shown: ${error instanceof Error ? error.message : error}`);
  }
  return found;
}

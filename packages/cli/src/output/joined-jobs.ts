import { paginate } from "@workspace-aps/client";
import type { Command } from "../command.ts";
import { connect } from "../connection/connect.ts";
import type { Context } from "../program/context.ts";
import type { RequestParts } from "../request/build.ts";
import { partNote } from "./part-note.ts";
import type { Result } from "./print.ts";
import { viewLines } from "./view.ts";

interface Job {
  readonly id: string;
}

/** What a job has made or acted on. */
interface Resource {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  /** Name of the server that has the image. */
  readonly server?: string | undefined;
}

/**
 * A list of jobs with what each of them made, which is known of its parts. Shown to people only: programs get the answer
 * of the service, and read the parts themselves.
 */
export async function joinedJobs(
  context: Context,
  command: Command,
  answer: unknown,
  request: RequestParts,
): Promise<Result> {
  const { output, interruption } = context;
  const { items = [] } = answer as { items?: readonly Job[] };
  const isForPeople = output.format === "table" && output.fields === undefined && output.query === undefined;
  const resources = isForPeople && items.length > 0 ? await resourcesOf(context, items, request) : new Map();
  const columns = [
    ...command.view.columns,
    { title: "made", at: ["made", "name"], kind: "text" as const },
    { title: "made_id", at: ["made", "id"], kind: "text" as const },
    { title: "server_name", at: ["made", "server"], kind: "text" as const },
  ];
  const view = isForPeople ? { ...command.view, columns } : command.view;
  const { fields, wide, headers } = output;
  interruption.signal.throwIfAborted();
  return {
    document: answer,
    list: "items",
    columns: command.view.columns.filter(({ kind }) => kind !== "took").map(({ at }) => at.join(".")),
    note: partNote(answer),
    lines({ document, paint, columns: width }) {
      const shown = (document as { items: readonly Job[] }).items;
      const joined = { items: shown.map((job) => ({ ...job, made: resources.get(job.id) })) };
      return viewLines(view, joined, paint, width, {
        headers,
        ...(fields === undefined ? {} : { fields }),
        wide: wide && !isForPeople,
      });
    },
  };
}

/** What jobs made, by their ids. Whoever may not see it sees the jobs alone. */
async function resourcesOf(
  context: Context,
  jobs: readonly Job[],
  request: RequestParts,
): Promise<ReadonlyMap<string, Resource>> {
  const client = connect(context);
  const { signal } = context.interruption;
  const wanted = new Set(jobs.map(({ id }) => id));
  const found = new Map<string, Resource>();
  try {
    const servers = new Map<string, string>();
    for await (const { image_id, name } of paginate(client.listImageServers, {}, { signal }))
      if (image_id) servers.set(image_id, String(name ?? ""));
    const query = { job_type: String(request.query.job_type ?? "") } as never;
    for await (const part of paginate(client.listImageSubJobs, { query }, { signal })) {
      const { resource_id: id, resource_name: name } = part.job_resource_info ?? {};
      if (wanted.has(part.job_id) && !found.has(part.job_id))
        found.set(part.job_id, { id, name, server: id === undefined ? undefined : servers.get(id) });
      if (found.size === wanted.size) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    context.log.debug(`What the jobs made is not shown: ${error instanceof Error ? error.message : error}`);
  }
  return found;
}

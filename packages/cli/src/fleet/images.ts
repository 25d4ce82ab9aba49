import { type FleetImage, type FullClient, paginate } from "@workspace-aps/client";
import { namePattern } from "../arguments/name-pattern.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Context } from "../program/context.ts";
import type { RequestParts } from "../request/build.ts";
import { readList } from "./list.ts";
import { fillName } from "./name-template.ts";

/** The images that a run is about. */
export interface Images {
  /** Them, with their names filled in for a run that begins at a time. */
  at(atMs: number): readonly FleetImage[];
  /** Where each of them stands in its list; undefined where there is none. */
  readonly places?: readonly string[];
}

/**
 * Reads which images to make: those of a list, of every server whose name matches, or the one that was typed.
 *
 * @returns undefined when only a journal says it.
 */
export async function imagesOf(
  context: Context,
  client: FullClient,
  single: RequestParts | undefined,
): Promise<Images | undefined> {
  const { given, host, settings } = context;
  const list = given.texts.get("from")?.[0];
  const pattern = given.texts.get("servers")?.[0];
  const template = given.texts.get("name")?.[0];
  const listed =
    single !== undefined
      ? { images: [imageOf(single)] }
      : list !== undefined
        ? await readList(list, host)
        : pattern !== undefined
          ? { images: await matching(context, client, pattern) }
          : undefined;
  if (listed === undefined) return undefined;
  if (pattern !== undefined && template === undefined)
    throw new UsageError("--servers needs --name with something that differs, such as --name '{name}-{date}'.");
  const timeZone = settings.text("time-zone") ?? "UTC";
  return {
    ...listed,
    at: (atMs) =>
      listed.images.map((row) => {
        const text = single === undefined ? (template ?? row.name) : row.name;
        return { ...row, name: fillName(text, { server: row.serverId, name: row.name, atMs, timeZone }) };
      }),
  };
}

function imageOf({ path, body = {} }: RequestParts): FleetImage {
  const { name, description, execute_sysprep: executeSysprep } = body as Record<string, never>;
  return {
    serverId: String(path.server_id ?? ""),
    name: String(name ?? ""),
    ...(description === undefined ? {} : { description }),
    ...(executeSysprep === undefined ? {} : { executeSysprep }),
  };
}

/** An image of every server whose name matches a pattern with `*` and `?`, named after its server for now. */
async function matching({ interruption }: Context, client: FullClient, pattern: string): Promise<FleetImage[]> {
  const matches = namePattern(pattern);
  const found: FleetImage[] = [];
  for await (const { id, name } of paginate(client.listImageServers, {}, { signal: interruption.signal }))
    if (matches.test(String(name ?? ""))) found.push({ serverId: String(id), name: String(name) });
  if (found.length === 0)
    throw new UsageError(`--servers: no server has a name that matches ${JSON.stringify(pattern)}.`);
  return found;
}

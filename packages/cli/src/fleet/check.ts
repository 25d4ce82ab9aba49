import { checkImages, type FleetImage, type Issue, ValidationError } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import type { CommandInfo } from "../command-info.ts";

/** A list that breaks rules, as its reader knows it. */
interface Listed {
  readonly images: readonly FleetImage[];
  readonly info: CommandInfo;
  /** Where each image stands, such as `line 3, image 2`. Default: `image 2`. */
  readonly places?: readonly string[] | undefined;
}

/**
 * Holds all images of a list against the rules, before a look costs a request.
 *
 * @throws UsageError that names all that is wrong.
 */
export function checkList(list: Listed): void {
  const { images } = list;
  const problems = [
    ...brokenRules(images).flatMap((issue) => linesOf(issue, list)),
    ...repeated(
      list,
      "server",
      images.map(({ serverId }) => serverId),
    ),
    ...repeated(
      list,
      "name",
      images.map(({ name }) => name),
    ),
  ];
  if (problems.length > 0) throw refusal(problems, list);
}

/** What the client refuses in the end, in the words of the list: which image, and which column. */
export function asUsage(error: unknown, list: Listed): unknown {
  if (error instanceof TypeError) return new UsageError(`--from: ${error.message.replace("createImages: ", "")}`);
  if (!(error instanceof ValidationError)) return error;
  return refusal(
    error.issues.flatMap((issue) => linesOf(issue, list)),
    list,
  );
}

function refusal(problems: readonly string[], { places }: Listed): UsageError {
  const what = places === undefined ? "What was asked for" : "--from: the list";
  return new UsageError([`${what} breaks rules. Nothing was sent.`, ...problems].join("\n"));
}

/** What is said twice is found below, with every place. */
function brokenRules(images: readonly FleetImage[]): readonly Issue[] {
  try {
    checkImages(images);
  } catch (error) {
    if (error instanceof ValidationError) return error.issues;
    if (!(error instanceof TypeError)) throw error;
  }
  return [];
}

function linesOf({ pointer, message, rule }: Issue, list: Listed): string[] {
  const [, index = "0", place = "", ...rest] = pointer.split("/");
  const serverId = list.images[Number(index)]?.serverId ?? "";
  const about = list.info.flags.find(({ name }) => name === rest.join("-").replaceAll("_", "-"))?.about;
  const who = serverId === "" ? "" : ` (server ${serverId})`;
  const what = message.slice(pointer.length).replace("must be a boolean", "must be true or false");
  return [
    `${placeOf(list, Number(index))}${who}: ${place === "path" ? "server_id" : rest.join(".")}${what}`,
    // A pattern alone helps few people; the contract says the same in words.
    ...(rule === "pattern" && about !== undefined ? [`  ${about}`] : []),
  ];
}

/** A second image of one server, or of one name, could not be told from the first. */
function repeated(list: Listed, what: string, values: readonly string[]): string[] {
  const found = new Map<string, string[]>();
  values.forEach((value, index) => {
    found.set(value, [...(found.get(value) ?? []), placeOf(list, index)]);
  });
  return [...found].flatMap(([value, places]) =>
    value === "" || places.length === 1
      ? []
      : [`${places.join(" and ")}: the ${what} ${JSON.stringify(value)} occurs ${times(places.length)}.`],
  );
}

function times(count: number): string {
  return count === 2 ? "twice" : `${count} times`;
}

function placeOf({ places }: Listed, index: number): string {
  return places?.[index] ?? `image ${index + 1}`;
}

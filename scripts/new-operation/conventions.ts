import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

/** What every operation of the contract has in common. */
export interface Conventions {
  /** Names of the components that describe parameters. */
  readonly parameters: ReadonlySet<string>;
  /** Statuses that every operation documents, and those that the ones with a body do besides. */
  readonly statuses: readonly string[];
  readonly statusesWithBody: readonly string[];
  /** The file of the answer of a status, as the path files refer to it. */
  readonly answers: Readonly<Record<string, string>>;
}

interface Rule {
  readonly always: readonly number[];
  readonly withBody: readonly number[];
}

/**
 * Reads the conventions from where they are: the lint rule on statuses, and the operations that are there.
 *
 * @param spec the folder `spec/`.
 */
export async function conventionsOf(spec: string): Promise<Conventions> {
  const { rules } = parse(await readFile(join(spec, "redocly.yaml"), "utf8"));
  const { always, withBody } = rules["aps/error-statuses"] as Rule;
  const answers: Record<string, string> = {};
  for (const file of await yamlFilesIn(join(spec, "paths"))) {
    const item: Record<string, { responses?: Record<string, { $ref?: string }> }> = parse(
      await readFile(join(spec, "paths", file), "utf8"),
    );
    for (const [status, { $ref }] of Object.values(item).flatMap(({ responses = {} }) => Object.entries(responses))) {
      if ($ref !== undefined) answers[status] = $ref;
    }
  }
  return {
    parameters: new Set((await yamlFilesIn(join(spec, "components", "parameters"))).map((file) => file.slice(0, -5))),
    statuses: always.map(String),
    statusesWithBody: withBody.map(String),
    answers,
  };
}

async function yamlFilesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((file) => file.endsWith(".yaml"));
}

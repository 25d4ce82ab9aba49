import type { Edition } from "../edition/edition.ts";
import { lookupWords } from "../words/lookup.ts";
import { code, codes, type Page, table } from "./page.ts";

/** What each operation needs, and what each action opens. */
export function permissionsPage({ language, operations, link }: Edition): Page {
  const words = lookupWords[language];
  const { title, description, intro, needs, alsoNeeds, opens, neededBy } = words.permissions;
  const needed = operations.flatMap(({ summary, slug, authorization }) =>
    authorization === undefined
      ? []
      : [{ ...authorization, name: `[${summary}](${link(`/reference/${slug}/#authorization`)})` }],
  );
  const rows = needed.map(({ name, action, accessLevel }) => [name, code(action), accessLevel]);
  // Few operations have any, and a column for them would make the table too wide for a phone.
  const others = needed.flatMap(({ name, dependencies }) =>
    dependencies.length === 0 ? [] : [`- ${name}: ${codes(dependencies)}`],
  );
  const opened = new Map<string, string[]>();
  for (const { summary, slug, authorization } of operations) {
    for (const action of authorization === undefined ? [] : [authorization.action, ...authorization.dependencies]) {
      opened.set(action, [...(opened.get(action) ?? []), `[${summary}](${link(`/reference/${slug}/`)})`]);
    }
  }
  const inverse = [...opened]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([action, links]) => [code(action), links.join(", ")]);
  const body = [
    intro,
    `## ${needs}\n\n${table([words.operation, words.action, words.level], rows)}`,
    ...(others.length === 0 ? [] : [alsoNeeds, others.join("\n")]),
    `## ${opens}\n\n${table([words.action, neededBy], inverse)}`,
  ].join("\n\n");
  return { id: "permissions", title, description, body };
}

import type { OperationView } from "../contract/operations.ts";
import type { Edition } from "../edition/edition.ts";
import { lookupWords } from "../words/lookup.ts";
import { code, codes, type Page, table } from "./page.ts";

/** What each operation needs, and what each action opens. */
export function permissionsPage({ language, operations, groups, link }: Edition): Page {
  const words = lookupWords[language];
  const { title, description, intro, needs, unnamed, alsoNeeds, opens, neededBy } = words.permissions;
  const nameOf = ({ summary, slug }: OperationView) => `[${summary}](${link(`/reference/${slug}/#authorization`)})`;
  const known = (value: string, show = code) => (value === "unknown" ? words.unknown : show(value));
  const sections = groups.map((group) => {
    const rows = group.operations.flatMap((operation) => {
      const { authorization } = operation;
      if (authorization === undefined) return [];
      return [[nameOf(operation), known(authorization.action), known(authorization.accessLevel, String)]];
    });
    return `### ${group.title}\n\n${table([words.operation, words.action, words.level], rows)}`;
  });
  // Few operations have any, and a column for them would make the table too wide for a phone.
  const others = operations.flatMap((operation) => {
    const { dependencies = [] } = operation.authorization ?? {};
    return dependencies.length === 0 ? [] : [`- ${nameOf(operation)}: ${codes(dependencies)}`];
  });
  const opened = new Map<string, string[]>();
  for (const { summary, slug, authorization } of operations) {
    for (const action of authorization === undefined ? [] : [authorization.action, ...authorization.dependencies]) {
      if (action === "unknown") continue;
      opened.set(action, [...(opened.get(action) ?? []), `[${summary}](${link(`/reference/${slug}/`)})`]);
    }
  }
  const inverse = [...opened]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([action, links]) => [code(action), links.join(", ")]);
  const body = [
    intro,
    `## ${needs}`,
    ...sections,
    unnamed,
    ...(others.length === 0 ? [] : [alsoNeeds, others.join("\n")]),
    `## ${opens}\n\n${table([words.action, neededBy], inverse)}`,
  ].join("\n\n");
  return { id: "permissions", title, description, body };
}

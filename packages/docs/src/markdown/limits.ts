import type { Field } from "../contract/fields.ts";
import type { OperationView } from "../contract/operations.ts";
import type { Edition } from "../edition/edition.ts";
import { lookupWords } from "../words/lookup.ts";
import { code, type Page, table } from "./page.ts";

/** The statuses of a request that breaks no rule of a field and is too large, too frequent or too slow. */
const beyondFields = ["413", "414", "494", "429", "504"];

/** Every limit of every request, on one page. */
export function limitsPage({ language, operations, groups, link }: Edition): Page {
  const words = lookupWords[language].limits;
  const section = ({ summary, slug, parameters, body, rateLimit }: OperationView) => {
    const anchor = (place: string, name: string) => link(`/reference/${slug}/#${place}-${name}`);
    const rows = [
      ...parameters.flatMap((field) => limitsOf(field, field.place, anchor(field.place, field.name))),
      ...(body?.fields ?? []).flatMap((field) => limitsOf(field, "body", anchor("body", field.name))),
    ];
    const rate = rateLimit === undefined || rateLimit === "unknown" ? words.unknown : code(rateLimit);
    const limits = rows.length === 0 ? words.noLimits : table([words.field, words.place, words.limits], rows);
    return `### ${summary}\n\n${words.rate(rate)}\n\n${limits}`;
  };
  const sections = groups.flatMap((group) => [`## ${group.title}`, ...group.operations.map(section)]);
  const ofEvery = table(
    [words.status, words.refusal],
    beyondFields.flatMap((status) => {
      const response = operations.flatMap(({ responses }) => responses).find((one) => one.status === status);
      return response === undefined ? [] : [[status, response.description]];
    }),
  );
  const body = [words.intro, `## ${words.everyRequest}`, words.everyRequestText, ofEvery, ...sections].join("\n\n");
  return { id: "limits", title: words.title, description: words.description, body };

  function limitsOf(field: Field, place: string, target: string): string[][] {
    const limits = [
      ...(field.required ? [words.required] : []),
      ...field.limits,
      ...(field.values.length > 0 ? [words.oneOf(field.values.map(code).join(", "))] : []),
      ...(field.defaultValue === undefined ? [] : [words.byDefault(code(field.defaultValue))]),
      ...(field.pattern === undefined ? [] : [words.pattern(code(field.pattern))]),
    ];
    const own =
      limits.length === 0 ? [] : [[`[${code(field.name)}](${target.toLowerCase()})`, place, limits.join("; ")]];
    const inner = field.children.flatMap((child) =>
      limitsOf(child, `${place}.${field.name}`, `${target}-${child.name}`),
    );
    return [...own, ...inner];
  }
}

import type { Field } from "../contract/fields.ts";
import type { OperationView } from "../contract/operations.ts";
import type { Edition } from "../edition/edition.ts";
import { referenceWords } from "../words/reference.ts";
import { code, codes, type Page, table } from "./page.ts";

/** The page of an operation as Markdown, for programs that read. */
export function operationMarkdown({ language }: Edition, operation: OperationView): Page {
  const words = referenceWords[language];
  const { id, slug, summary, description, method, path, authorization, parameters, body, responses, quirks } =
    operation;
  const list = (texts: readonly string[]) => codes(texts) || words.none;
  const examples = (those: readonly { readonly title: string; readonly json: string }[]) =>
    those.map(({ title, json }) => `${title}:\n\n\`\`\`json\n${json}\n\`\`\``);
  const parts = [
    `${code(`${method} ${path}`)} · ${words.operationId}: ${code(id)}`,
    description.trim(),
    ...Object.entries(operation.preconditions).map(
      ([resource, states]) =>
        `${words.allowedWhen(words.resources[resource as keyof typeof words.resources])}${codes(states)}${words.stop}`,
    ),
    ...(authorization === undefined
      ? []
      : [
          `## ${words.authorization}`,
          table(
            [words.action, words.accessLevel, words.resourceType, words.conditionKeys, words.dependsOn],
            [
              [
                code(authorization.action),
                authorization.accessLevel,
                authorization.resourceType,
                list(authorization.conditionKeys),
                list(authorization.dependencies),
              ],
            ],
          ),
        ]),
    ...(parameters.length === 0 ? [] : [`## ${words.parameters}\n\n${fieldTable(parameters)}`]),
    ...(body === undefined ? [] : [`## ${words.body}\n\n${fieldTable(body.fields)}`]),
    ...examples(body?.examples ?? []),
    `## ${words.responses}`,
    table(
      [words.status, words.meaning],
      responses.map(({ status, description: text }) => [status, text]),
    ),
    ...responses
      .filter(({ status }) => status.startsWith("2"))
      .flatMap((response) => [
        ...(response.fields.length === 0 ? [] : [fieldTable(response.fields)]),
        ...examples(response.examples),
      ]),
    ...(quirks.length === 0 ? [] : [`## ${words.quirks}`]),
    ...quirks.map(({ says, decision, reason }) => `- ${says} ${words.here} ${decision} ${reason}`),
  ];
  return { id: `reference/${slug}`, title: summary, description: `${method} ${path}`, body: parts.join("\n\n") };

  function fieldTable(fields: readonly Field[]): string {
    return table(
      [words.field, words.type, words.required, words.limits, words.meaning],
      fields.flatMap((field) => rowsOf(field, "")),
    );
  }

  function rowsOf(field: Field, prefix: string): string[][] {
    const name = `${prefix}${field.name}`;
    const limits = [
      ...field.limits,
      ...(field.values.length === 0 ? [] : [field.values.map(code).join(", ")]),
      ...(field.pattern === undefined ? [] : [code(field.pattern)]),
    ];
    const required = field.required ? words.yes : words.no;
    const row = [code(name), field.type, required, limits.join("; "), field.description];
    return [row, ...field.children.flatMap((child) => rowsOf(child, `${name}.`))];
  }
}

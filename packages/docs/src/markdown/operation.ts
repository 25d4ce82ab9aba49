import { codesWith, jobOf, policyOf } from "../contract/answers.ts";
import { errorPath } from "../contract/error-path.ts";
import type { Field } from "../contract/fields.ts";
import type { OperationView, ResponseView } from "../contract/operations.ts";
import type { Edition } from "../edition/edition.ts";
import { exampleCall } from "../samples/call.ts";
import { httpExample } from "../samples/http.ts";
import { samples } from "../samples/samples.ts";
import { fieldWords } from "../words/fields.ts";
import { jobsWords } from "../words/jobs.ts";
import { referenceWords } from "../words/reference.ts";
import { sampleWords } from "../words/samples.ts";
import { code, codes, fenced, type Page, table } from "./page.ts";

/** The page of an operation as Markdown, for programs that read: with everything that the page for people says. */
export function operationMarkdown(edition: Edition, operation: OperationView): Page {
  const { language, contract, link } = edition;
  const words = referenceWords[language];
  const ofFields = fieldWords[language];
  const { id, slug, summary, description, method, path, authorization, parameters, body, responses, quirks, source } =
    operation;
  const success = responses.filter(({ status }) => status.startsWith("2"));
  const errors = responses.filter(({ status }) => !status.startsWith("2"));
  const parts = [
    description.trim(),
    factList(facts()),
    ...(authorization === undefined ? [] : [`## ${words.authorization}`, ...authorizationParts(authorization)]),
    ...(parameters.length === 0 ? [] : [`## ${words.parameters}`, fieldTable(parameters, words.required)]),
    ...(body === undefined ? [] : [`## ${words.body}`, fieldTable(body.fields, words.required)]),
    `## ${words.samples}`,
    ...samples.map(({ id: form, lang, write }) =>
      fenced(sampleWords[language][form], lang, write(operation, exampleCall(operation))),
    ),
    ...(body?.examples ?? [{ title: words.example, json: undefined }]).map(({ title, json }) =>
      fenced(title, "http", httpExample(operation, json)),
    ),
    `## ${words.response}`,
    ...success.flatMap((response) => [`**${response.status}** ${response.description}`, ...answer(response)]),
    `## ${words.errors}`,
    words.errorsText,
    table([words.status, words.meaning, words.codes], errors.map(errorRow)),
    ...errors.slice(0, 1).flatMap(answer),
    ...(quirks.length === 0 ? [] : [`## ${words.quirks}`]),
    ...quirks.map(({ says, decision, reason }) => `- ${says.trim()} **${words.here}** ${decision} ${reason}`),
    ...(source === undefined ? [] : [`## ${words.source}`, ...sourceParts(source)]),
  ];
  return { id: `reference/${slug}`, title: summary, description: code(`${method} ${path}`), body: parts.join("\n\n") };

  function factList(those: readonly (readonly string[])[]): string {
    return those.map(([label, fact]) => `- ${label}${ofFields.colon}${fact}`).join("\n");
  }

  function facts(): string[][] {
    const job = jobOf(contract, operation);
    const { duration } = jobsWords[language];
    const { rateLimit } = operation;
    const isKnown = rateLimit !== undefined && rateLimit !== "unknown";
    return [
      ...Object.entries(operation.preconditions).map(([resource, states]) => [
        words.allowedWhen,
        words.stateOf(words.resources[resource as keyof typeof words.resources]) + states.map(code).join(words.or),
      ]),
      ...(job ? [[words.starts, `${code(job.type)}${words.takes(duration(job.typicalSeconds))}`]] : []),
      [words.rateLimit, isKnown ? code(rateLimit) + words.rateUnknown : words.unknown],
      [words.operationId, code(id)],
    ];
  }

  function authorizationParts(needed: NonNullable<OperationView["authorization"]>): string[] {
    const { action, accessLevel, resourceType, resourceRequired, conditionKeys, dependencies, roleAction } = needed;
    return [
      words.authorizationText,
      factList([
        [words.action, code(action)],
        [words.accessLevel, accessLevel],
        [
          words.resourceType,
          resourceType === "none" ? words.none : code(resourceType) + (resourceRequired ? words.isRequired : ""),
        ],
        [words.conditionKeys, codes(conditionKeys) || words.none],
        [words.alias, words.none],
        [words.roleAction, roleAction === "unknown" ? words.unknown : code(roleAction)],
        [words.dependsOn, codes(dependencies) || words.none],
      ]),
      fenced(words.policy, "json", policyOf(needed)),
    ];
  }

  function answer({ fields, examples }: ResponseView): string[] {
    return [
      fields.length === 0 ? words.emptyBody : fieldTable(fields, ofFields.always),
      ...examples.map(({ title, json }) => fenced(title, "json", json)),
    ];
  }

  function errorRow({ status, description: text }: ResponseView): string[] {
    const links = codesWith(contract, status).map((one) => `[${one}](${link(errorPath(one))})`);
    return [status, text, links.join(", ")];
  }

  function sourceParts({ source: keys, date, confidence }: NonNullable<OperationView["source"]>): string[] {
    const titles = keys.map(
      (key) => `- ${contract["x-aps-sources"][key]?.title} (${contract["x-aps-sources"][key]?.date})`,
    );
    return [titles.join("\n"), words.taken(date, words.confidence[confidence])];
  }

  function fieldTable(fields: readonly Field[], presence: string): string {
    return table(
      [words.field, words.type, presence, words.limits, words.meaning],
      fields.flatMap((field) => rowsOf(field, "")),
    );
  }

  function rowsOf(field: Field, prefix: string): string[][] {
    const name = `${prefix}${field.name}`;
    const facts = [
      ...field.limits,
      ...(field.values.length === 0
        ? []
        : [`${field.isOpen ? ofFields.knownValues : ofFields.oneOf}${ofFields.colon}${codes(field.values)}`]),
      ...[
        [ofFields.default, field.defaultValue],
        [ofFields.example, field.example],
        [ofFields.pattern, field.pattern],
      ].flatMap(([label, fact]) => (fact === undefined ? [] : [`${label}${ofFields.colon}${code(fact)}`])),
    ];
    const row = [code(name), field.type, field.required ? words.yes : words.no, facts.join("; "), field.description];
    return [row, ...field.children.flatMap((child) => rowsOf(child, `${name}.`))];
  }
}

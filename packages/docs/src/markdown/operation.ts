import { codesWith, jobOf, policyOf } from "../contract/answers.ts";
import { batchOf } from "../contract/batch.ts";
import { errorPath } from "../contract/error-path.ts";
import type { Field } from "../contract/fields.ts";
import type { OperationView, ResponseView } from "../contract/operations.ts";
import type { Edition } from "../edition/edition.ts";
import { exampleCall } from "../samples/call.ts";
import { httpExample } from "../samples/http.ts";
import { samplesOf } from "../samples/samples.ts";
import { batchWords } from "../words/batch.ts";
import { fieldWords } from "../words/fields.ts";
import { jobsWords } from "../words/jobs.ts";
import { referenceWords } from "../words/reference.ts";
import { sampleWords } from "../words/samples.ts";
import { code, codes, fenced, type Page, table } from "./page.ts";

/** The page of an operation as Markdown, for programs that read: with everything that the page for people says. */
export function operationMarkdown(edition: Edition, operation: OperationView): Page {
  const { language, contract, documents, link } = edition;
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
    ...samplesOf(operation).map(({ id: form, lang, write }) =>
      fenced(sampleWords[language][form], lang, write(operation, exampleCall(operation))),
    ),
    ...(body?.examples ?? [{ title: words.example, json: undefined }]).map(({ title, json }) =>
      fenced(title, "http", httpExample(operation, json)),
    ),
    `## ${words.response}`,
    ...success.flatMap((response) => [`**${response.status}** ${response.description}`, ...answer(response)]),
    ...batchParts(),
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
      [words.host, codes(documents[operation.service].servers.map(({ url }) => new URL(url).host))],
      [words.rateLimit, isKnown ? code(rateLimit) + words.rateUnknown : words.unknown],
      [words.operationId, code(id)],
    ];
  }

  function authorizationParts(needed: NonNullable<OperationView["authorization"]>): string[] {
    const { action, accessLevel, resourceType, resourceRequired, conditionKeys, dependencies, aliases, roleAction } =
      needed;
    const policy = policyOf(needed);
    return [
      words.authorizationText,
      factList([
        [words.action, policy === undefined ? words.unknown : code(action)],
        [words.accessLevel, accessLevel === "unknown" ? words.unknown : accessLevel],
        [
          words.resourceType,
          { none: words.none, unknown: words.unknown }[resourceType] ??
            code(resourceType) + (resourceRequired ? words.isRequired : ""),
        ],
        [words.conditionKeys, codes(conditionKeys) || words.none],
        [words.alias, codes(aliases) || words.none],
        [words.roleAction, roleAction === "unknown" ? words.unknown : code(roleAction)],
        [words.dependsOn, codes(dependencies) || words.none],
      ]),
      policy === undefined ? words.policyUnknown : fenced(words.policy, "json", policy),
    ];
  }

  function answer({ fields, examples }: ResponseView): string[] {
    return [
      fields.length === 0 ? words.emptyBody : fieldTable(fields, ofFields.always),
      ...examples.map(({ title, json }) => fenced(title, "json", json)),
    ];
  }

  function batchParts(): string[] {
    const batch = batchOf(operation);
    if (batch === undefined) return [];
    const said = batchWords[language];
    const rows = batch.example.map((entry) => [
      code(entry.id),
      "jobId" in entry
        ? `${said.made} ${code(entry.jobId)}`
        : `${said.refused} ${code(entry.errorCode)} ${code(entry.errorMessage)}`,
    ]);
    return [
      `### ${said.title}`,
      said.split(batch.ids, batch.limits),
      batch.answers === undefined ? said.silent : said.each(batch.answers),
      ...(rows.length === 0 ? [] : [table([batch.answers?.id ?? "", said.outcome], rows)]),
    ];
  }

  function errorRow({ status, description: text }: ResponseView): string[] {
    const links = codesWith(contract, operation.service, status).map((one) => `[${one}](${link(errorPath(one))})`);
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

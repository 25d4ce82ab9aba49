import { asNode, type Node } from "../document.ts";
import { compareMedia } from "./media.ts";
import type { Pair } from "./pair.ts";
import { writingOf } from "./parameters.ts";
import { unknownFields } from "./unknown-fields.ts";
import { type Found, schemaChanges } from "./verdict.ts";

/** Compares what callers get, status by status. */
export function compareAnswers(pair: Pair, before: unknown, after: unknown, steps: readonly string[]): Found[] {
  const [was, is] = [byStatus(before), byStatus(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((status): Found[] => {
    const at = [...steps, status];
    if (!is.has(status)) return [removed(status, at)];
    if (!was.has(status)) return [added(status, at)];
    const [one, other] = [pair.answer.old.follow(was.get(status)), pair.answer.new.follow(is.get(status))];
    return compareAnswer(pair, asNode(one), asNode(other), at);
  });
}

function byStatus(responses: unknown): Map<string, unknown> {
  return new Map(Object.entries(asNode(responses)).map(([status, answer]) => [status.toUpperCase(), answer]));
}

function isSuccess(status: string): boolean {
  return /^[123]/.test(status);
}

/** Every error is an ApiError, whatever its status; code that matches on the status may miss a new one. */
function added(status: string, steps: readonly string[]): Found {
  const [kind, rule] = isSuccess(status)
    ? ["status of success", "success-status-added"]
    : ["error", "error-status-added"];
  return { verdict: "risky", rule, says: `\`${status}\` is a new ${kind}.`, steps };
}

function removed(status: string, steps: readonly string[]): Found {
  if (isSuccess(status)) {
    return { verdict: "breaking", rule: "success-status-removed", says: `\`${status}\` is no longer answered.`, steps };
  }
  return {
    verdict: "safe",
    rule: "error-status-removed",
    says: `The error \`${status}\` is no longer answered.`,
    steps,
  };
}

function compareAnswer(pair: Pair, before: Node, after: Node, steps: readonly string[]): Found[] {
  const [was, is] = [asNode(before.content), asNode(after.content)];
  const [hadBody, hasBody] = [was, is].map((content) => Object.keys(content).length > 0);
  const body: Found[] =
    hadBody && !hasBody
      ? [
          {
            verdict: "breaking",
            rule: "answer-body-removed",
            says: "The answer has no body any more.",
            steps: [...steps, "content"],
          },
        ]
      : !hadBody && hasBody
        ? [
            {
              verdict: "risky",
              rule: "answer-body-added",
              says: "The answer has a body now.",
              steps: [...steps, "content"],
            },
          ]
        : compareMedia(pair, "answer", was, is, [...steps, "content"]);
  return [
    ...body,
    ...compareHeaders(pair, asNode(before.headers), asNode(after.headers), [...steps, "headers"]),
    ...unknownFields(pair.answer, before, after, ["content", "headers", "links"], steps),
    // They tell readers where to go on, and decide nothing that is sent or answered.
    ...(pair.answer.old.form(before.links) === pair.answer.new.form(after.links)
      ? []
      : [
          {
            verdict: "safe" as const,
            rule: "links-changed",
            says: "The links to other operations were changed.",
            steps: [...steps, "links"],
          },
        ]),
  ];
}

const fieldsOfHeader = "required deprecated style explode schema content allowEmptyValue allowReserved".split(" ");

function compareHeaders(pair: Pair, before: Node, after: Node, steps: readonly string[]): Found[] {
  const [was, is] = [byName(before), byName(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): Found[] => {
    const [one, other] = [was.get(key), is.get(key)];
    const name = other?.name ?? one?.name ?? key;
    const at = [...steps, name];
    // A response says its media type by its content, whatever a header of that name says.
    if (key === "content-type") return [];
    if (other === undefined) {
      return [
        {
          verdict: "breaking",
          rule: "answer-header-removed",
          says: `The header \`${name}\` is no longer answered.`,
          steps: at,
        },
      ];
    }
    if (one === undefined) {
      return [{ verdict: "safe", rule: "answer-header-added", says: `The header \`${name}\` is new.`, steps: at }];
    }
    const headers = [asNode(pair.answer.old.follow(one.header)), asNode(pair.answer.new.follow(other.header))] as const;
    return compareHeader(pair, name, ...headers, at);
  });
}

function byName(headers: Node): Map<string, { readonly name: string; readonly header: unknown }> {
  return new Map(Object.entries(headers).map(([name, header]) => [name.toLowerCase(), { name, header }]));
}

function compareHeader(pair: Pair, name: string, before: Node, after: Node, steps: readonly string[]): Found[] {
  const found: Found[] = [];
  const add = (verdict: Found["verdict"], rule: string, says: string, field: string) =>
    found.push({ verdict, rule, says: `The header \`${name}\` ${says}`, steps: [...steps, field] });
  if (before.required === true && after.required !== true)
    add("breaking", "answer-header-optional", "may be missing now.", "required");
  if (after.required === true && before.required !== true)
    add("safe", "answer-header-required", "is always there now.", "required");
  if (after.deprecated === true && before.deprecated !== true)
    add("risky", "deprecated-changed", "is deprecated now.", "deprecated");
  if (before.deprecated === true && after.deprecated !== true)
    add("safe", "deprecated-changed", "is deprecated no longer.", "deprecated");
  const [was, is] = [writingOf(before), writingOf(after)];
  if (was.style !== is.style || was.explode !== is.explode)
    add("breaking", "answer-header-written-otherwise", "is written in another way.", "style");
  const schemas = [before, after].map(
    (node) => node.schema ?? Object.values(asNode(node.content)).map(asNode)[0]?.schema,
  );
  if ((before.content === undefined) !== (after.content === undefined)) {
    add("breaking", "answer-header-written-otherwise", "is written in another way.", "content");
  } else if (Object.keys(asNode(before.content)).join() !== Object.keys(asNode(after.content)).join()) {
    add("breaking", "answer-header-written-otherwise", "is of another media type.", "content");
  } else {
    const changes = schemaChanges(pair.answer, schemas[0], schemas[1], [...steps, "schema"]);
    found.push(...changes.map((one) => ({ ...one, says: `The header \`${name}\`: ${one.says}` })));
  }
  return [...found, ...unknownFields(pair.answer, before, after, fieldsOfHeader, steps)];
}

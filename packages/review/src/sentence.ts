import type { Difference } from "./compare.ts";
import { asNode, type Node, stepsOf, valueAt } from "./document.ts";

const words = new Set(["description", "summary", "title"]);

/**
 * A difference in one sentence, for a reader who knows the contract and not the tool.
 *
 * @param document the bundle that the difference's path leads into.
 */
export function sentence(difference: Difference, document: Node): string {
  const { verdicts, kind, typeName, property, path, base, revision } = difference;
  const name = nameOf(path, document);
  if (verdicts.length > 0) {
    // The tool names a property, and no parameter, no item and no body.
    return verdicts
      .map(({ message, ruleId }) => `${isNameless(ruleId, message) ? `${name}: ` : ""}${quoted(message)}`)
      .join(" ");
  }
  const [, choice] = /\/(allOf|anyOf|oneOf)\/\d+$/.exec(path) ?? [];
  if (property === undefined && choice !== undefined) return `A branch of \`${choice}\` of ${name} was ${kind}.`;
  if (property === undefined) return `${spaced(typeName)} ${name} was ${kind}.`;
  if (words.has(property)) return `The ${property} of ${name} has other words.`;
  const [was, is] = [shorten(base?.value), shorten(revision?.value)];
  if (was === undefined) return `\`${property}\` of ${name} was set${is === undefined ? "" : ` to ${is}`}.`;
  return is === undefined
    ? `\`${property}\` of ${name} was removed; it was ${was}.`
    : `\`${property}\` of ${name} was ${was}, is ${is}.`;
}

/** Values stand in quotes in the tool's messages. As code, their characters mean nothing to Markdown. */
function quoted(message: string): string {
  return message
    .replace(/ from '(.*)' to '(.*)'\.$/s, (_, was, is) => ` from ${code(was)} to ${code(is)}.`)
    .replace(/ set to '([^']*)'\.$/s, (_, is) => ` set to ${code(is)}.`)
    .replace(
      /^(Enum.*?)('.*')\.$/s,
      (_, start, list) => `${start}${list.replace(/'([^']*)'/g, (_: string, one: string) => code(one))}.`,
    );
}

/** Steps of a pointer that are the standard's and not the contract's. */
const steps = new Set([
  "schema",
  "items",
  "properties",
  "allOf",
  "anyOf",
  "oneOf",
  "content",
  "application/json",
  "headers",
]);

/** What a reader calls a place: the last name on the way to it. */
function nameOf(path: string, document: Node): string {
  const [, parameter] = /^(.*\/parameters\/\d+)(\/schema(\/items)?)?$/.exec(path) ?? [];
  if (parameter !== undefined) return `\`${asNode(valueAt(document, parameter)).name}\``;
  const [root, name = "", method = "", ...rest] = stepsOf(path);
  const last = rest.findLast((step) => !steps.has(step) && !/^\d$/.test(step));
  if (last === "requestBody") return "the request";
  if (/^\d/.test(last ?? "")) return `the answer \`${last}\``;
  if (last !== undefined && last !== "parameters") return `\`${last}\``;
  if (root !== "paths") return name === "" ? "the document" : `\`${name}\``;
  return `${last === undefined ? "" : "a parameter of "}\`${[method.toUpperCase(), name].join(" ").trim()}\``;
}

function isNameless(ruleId: string, message: string): boolean {
  return /^(schema|enum|required)-/.test(ruleId) && !message.includes(" of `");
}

function spaced(typeName: string): string {
  return typeName.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function shorten(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  return code(text.length <= 120 ? text : `${text.slice(0, 119)}…`);
}

/** A text as code, in as many backticks as it takes. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

import { asList, asNode, isNode, methods, type Node } from "../document.ts";
import { stable } from "../schema/side.ts";
import { compareAnswers } from "./answers.ts";
import { compareBodies } from "./bodies.ts";
import type { Pair } from "./pair.ts";
import { compareParameters } from "./parameters.ts";
import { compareSecurity } from "./security.ts";
import { compareServers } from "./servers.ts";
import { unknownFields } from "./unknown-fields.ts";
import type { Found } from "./verdict.ts";

const fieldsOfItem = [...methods, "parameters", "servers", "$ref"];
const fieldsOfOperation = `operationId tags parameters requestBody responses security servers deprecated callbacks
  x-aps-authorization x-aps-batch x-aps-preconditions x-aps-rate-limit`.split(/\s+/);

/** Compares what can be called. */
export function comparePaths(pair: Pair, root: string): Found[] {
  const { old, new: is } = pair.request;
  const [was, now] = [
    itemsOf(old.document[root], old.follow.bind(old)),
    itemsOf(is.document[root], is.follow.bind(is)),
  ];
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((key): Found[] => {
    const [before, after] = [was.get(key), now.get(key)];
    const path = (after ?? before)?.path ?? key;
    const steps = [root, path];
    if (after === undefined)
      return [{ verdict: "breaking", rule: "path-removed", says: `The path \`${path}\` was removed.`, steps }];
    if (before === undefined)
      return [{ verdict: "safe", rule: "path-added", says: `The path \`${path}\` is new.`, steps }];
    return [
      ...renamed(before.path, after.path, steps),
      ...unknownFields(pair.request, before.item, after.item, fieldsOfItem, steps),
      ...methods.flatMap((method) => compareMethod(pair, before, after, method, steps)),
    ];
  });
}

interface Item {
  readonly path: string;
  readonly item: Node;
}

/** Paths by their form, in which the names of parameters mean nothing. */
function itemsOf(paths: unknown, follow: (value: unknown) => unknown): Map<string, Item> {
  return new Map(
    Object.entries(asNode(paths)).map(([path, item]) => [
      path.replace(/\{[^}]*\}/g, "{}"),
      { path, item: asNode(follow(item)) },
    ]),
  );
}

/** The wire does not show the name of a path parameter, but the client's arguments do. */
function renamed(before: string, after: string, steps: readonly string[]): Found[] {
  const says = `The path \`${before}\` is written \`${after}\`: the client's arguments have other names.`;
  return before === after ? [] : [{ verdict: "breaking", rule: "path-parameter-renamed", says, steps }];
}

function compareMethod(pair: Pair, was: Item, is: Item, method: string, above: readonly string[]): Found[] {
  const [before, after] = [was.item[method], is.item[method]];
  const steps = [...above, method];
  const name = String(asNode(after ?? before).operationId ?? `${method} ${is.path}`);
  if (!isNode(before) && !isNode(after)) return [];
  if (!isNode(after))
    return [{ verdict: "breaking", rule: "operation-removed", says: `The operation \`${name}\` was removed.`, steps }];
  if (!isNode(before))
    return [{ verdict: "safe", rule: "operation-added", says: `The operation \`${name}\` is new.`, steps }];
  return [
    ...about(before, after, steps),
    ...compareParameters(pair, [was.item, before], [is.item, after], steps),
    ...compareBodies(pair, before.requestBody, after.requestBody, [...steps, "requestBody"]),
    ...compareAnswers(pair, before.responses, after.responses, [...steps, "responses"]),
    ...compareSecurity(pair.request, before, after, steps),
    ...compareServers(pair.request, [before, was.item], [after, is.item], steps),
    ...compareCallbacks(pair, before.callbacks, after.callbacks, [...steps, "callbacks"]),
    ...unknownFields(pair.request, before, after, fieldsOfOperation, steps),
  ];
}

function about(before: Node, after: Node, steps: readonly string[]): Found[] {
  const found: Found[] = [];
  const add = (verdict: Found["verdict"], rule: string, says: string, field: string) =>
    found.push({ verdict, rule, says, steps: [...steps, field] });
  if (before.operationId !== after.operationId) {
    const says = `\`operationId\` was \`${before.operationId}\`, is \`${after.operationId}\`: the client's method has another name.`;
    add("breaking", "operation-renamed", says, "operationId");
  }
  if (after.deprecated === true && before.deprecated !== true)
    add("risky", "deprecated-changed", "It is deprecated now.", "deprecated");
  if (before.deprecated === true && after.deprecated !== true) {
    add("safe", "deprecated-changed", "It is deprecated no longer.", "deprecated");
  }
  // The first tag is the noun of the command, and where the page stands.
  const [was, is] = [asList(before.tags), asList(after.tags)];
  if (was[0] !== is[0]) add("risky", "group-changed", `It moved from \`${was[0]}\` to \`${is[0]}\`.`, "tags");
  else if (stable([...was].sort()) !== stable([...is].sort()))
    add("safe", "tags-changed", "It has other tags.", "tags");
  return found;
}

/** The service is the caller here. Whoever listens must be ready for what it sends. */
function compareCallbacks(pair: Pair, before: unknown, after: unknown, steps: readonly string[]): Found[] {
  const [was, is] = [asNode(before), asNode(after)];
  const { old, new: now } = pair.request;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name): Found[] => {
    const at = [...steps, name];
    if (!(name in was))
      return [{ verdict: "risky", rule: "callback-added", says: `The service now calls back \`${name}\`.`, steps: at }];
    if (!(name in is))
      return [
        {
          verdict: "breaking",
          rule: "callback-removed",
          says: `The service no longer calls back \`${name}\`.`,
          steps: at,
        },
      ];
    if (old.form(was[name]) === now.form(is[name])) return [];
    return [
      {
        verdict: "breaking",
        rule: "callback-changed",
        says: `The service calls back \`${name}\` in another way.`,
        steps: at,
      },
    ];
  });
}

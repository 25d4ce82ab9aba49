import type { Column, View } from "../src/command.ts";
import { answerOf, type Node, type Operation, resolve } from "./contract.ts";
import { columns } from "./names.ts";

/** How the answer of an operation is shown as a table. */
export function viewOf(operation: Operation): View {
  const answer = answerOf(operation);
  if (answer === undefined) return { columns: [], fields: [] };
  const list = Object.entries<Node>(answer.properties ?? {}).find(([, property]) => resolve(property).type === "array");
  // A page of a list has nothing beside it but its count.
  if (list !== undefined && isPage(answer, list[0])) {
    const item = resolve(resolve(list[1]).items);
    return { list: list[0], columns: columnsOf(operation, item), fields: fieldsOf(item) };
  }
  return { columns: columnsOf(operation, answer), fields: fieldsOf(answer) };
}

/** The paths of all fields that `--fields` and `--sort` can name; those of an inner list by the list alone. */
function fieldsOf(schema: Node, at: readonly string[] = []): string[] {
  return Object.entries<Node>(schema.properties ?? {}).flatMap(([name, given]) => {
    const property = resolve(given);
    const path = [...at, name];
    return property.type === "object" && property.properties !== undefined
      ? fieldsOf(property, path)
      : [path.join(".")];
  });
}

function isPage(answer: Node, list: string): boolean {
  return Object.keys(answer.properties).every((name) => name === "count" || name === list);
}

function columnsOf(operation: Operation, schema: Node): Column[] {
  const wanted = columns[operation.id];
  if (wanted === undefined) return plain([], schema);
  return wanted.map((name) => {
    if (name === tookTitle) return took([]);
    const at = name.split(".");
    at.reduce((node, key) => propertyOf(operation, node, key), schema);
    return column(at);
  });
}

function plain(at: readonly string[], schema: Node): Column[] {
  return Object.entries<Node>(schema.properties ?? {}).flatMap(([name, given]) => {
    if (name === end && begin in schema.properties) return [column([...at, name]), took(at)];
    const property = resolve(given);
    if (property.type === "object") return plain([...at, name], property);
    if (property.type !== "array") return [column([...at, name])];
    const item = resolve(property.items);
    // One thing in a list is shown like one thing; several have a list command of their own.
    return item.type === "object" ? plain([...at, name, "0"], item) : [];
  });
}

function propertyOf(operation: Operation, node: Node, key: string): Node {
  const found = resolve(node).properties?.[key];
  if (found === undefined) throw new Error(`${operation.id} has no ${key} in its answer, so no table can show it.`);
  return resolve(found);
}

const [begin, end] = ["begin_time", "end_time"];
const tookTitle = "took";

/** How long something lasted, next to when it ended. */
function took(at: readonly string[]): Column {
  const title = [...at.filter((key) => key !== "0"), tookTitle].join(".");
  return { title, at: [...at, begin], kind: tookTitle, end: [...at, end] };
}

function column(at: readonly string[]): Column {
  const name = at.at(-1) ?? "";
  const kind = /_(time|at)$/.test(name) ? "time" : name === "status" ? "status" : "text";
  const title = at.filter((key) => key !== "0").join(".");
  return { title, at, kind };
}

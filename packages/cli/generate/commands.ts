import type { Command } from "../src/command.ts";
import { spell } from "../src/request/spell.ts";
import { flagsOf, positionalsOf } from "./arguments.ts";
import { contract, exampleBody, type Operation, oneLine, operations } from "./contract.ts";
import { exampleOf } from "./example.ts";
import { wordsOf } from "./names.ts";
import { viewOf } from "./view.ts";

/** One command per operation. */
export function commands(): Command[] {
  const found = operations().map(commandOf);
  const names = found.map(({ words }) => words.join(" "));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two operations have the command "aps ${twice}".`);
  return found;
}

function commandOf(operation: Operation): Command {
  const words = wordsOf(operation);
  const positionals = positionalsOf(operation);
  const flags = flagsOf(operation);
  const starters = Object.values<{ startedBy: string }>(contract["x-aps-job"].image.kinds).map(
    (kind) => kind.startedBy,
  );
  return {
    words,
    operationId: operation.id,
    ...(operation.service === undefined ? {} : { service: operation.service }),
    method: operation.id.charAt(0).toLowerCase() + operation.id.slice(1),
    summary: operation.node.summary,
    description: oneLine(operation.node.description),
    positionals,
    flags,
    startsJob: starters.includes(operation.id),
    ...serverJobKindOf(operation),
    readsOnly: operation.method === "GET",
    ...pagesBy(operation),
    takesBody: operation.node.requestBody !== undefined,
    needsBody: operation.node.requestBody?.required === true,
    takesAway: takesAway(operation),
    ...(operation.node.requestBody === undefined ? {} : { exampleBody: exampleBody(operation) }),
    serverStates: operation.node["x-aps-preconditions"]?.server ?? [],
    example: spell({ words, positionals, flags }, exampleOf(operation)),
    view: viewOf(operation),
  };
}

/** The kind of the jobs on application servers that an operation starts, one for each server or one for all. */
function serverJobKindOf({ id }: Operation): Pick<Command, "serverJobKind"> {
  const kinds: Readonly<Record<string, { startedBy: string; startedInBatchesBy?: string }>> =
    contract["x-aps-job"].server.kinds;
  const found = Object.entries(kinds).find(([, kind]) => [kind.startedBy, kind.startedInBatchesBy].includes(id));
  return found === undefined ? {} : { serverJobKind: found[0] };
}

/** How a list goes on after its first page, as its parameters show. */
function pagesBy({ parameters }: Operation): Pick<Command, "pagesBy"> {
  const takes = (name: string) => parameters.some((one) => one.in === "query" && one.name === name);
  if (!takes("limit")) return {};
  return takes("offset") ? { pagesBy: "offset" } : takes("marker") ? { pagesBy: "marker" } : {};
}

/** The contract has no word for what takes something away; its names of operations do. One that adds as well does not. */
function takesAway({ id, method }: Operation): boolean {
  return method === "DELETE" || (/Delete|Logoff/.test(id) && !/Add/.test(id));
}

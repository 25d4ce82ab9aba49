import { asList, asNode, type Node } from "../document.ts";
import type { Sides } from "../schema/scalars.ts";
import type { Found } from "./verdict.ts";

/** Compares where an operation is called, where it says so itself. The hosts of the document are compared once. */
export function compareServers(
  sides: Sides,
  before: readonly Node[],
  after: readonly Node[],
  steps: readonly string[],
): Found[] {
  const own = (nodes: readonly Node[]) => nodes.find((node) => Array.isArray(node.servers))?.servers;
  const [was, is] = [own(before), own(after)];
  if (was === undefined && is === undefined) return [];
  const [old, now] = [hostsOf(was ?? sides.old.document.servers), hostsOf(is ?? sides.new.document.servers)];
  return difference(old, now, [...steps, "servers"]);
}

/** Compares the hosts of the document, without those of regions, which are told by name. */
export function compareHosts(sides: Sides): Found[] {
  const [was, is] = [sides.old.document.servers, sides.new.document.servers];
  return difference(hostsOf(was, "region"), hostsOf(is, "region"), ["servers"]);
}

function difference(was: ReadonlySet<string>, is: ReadonlySet<string>, steps: readonly string[]): Found[] {
  return [
    ...[...was]
      .filter((url) => !is.has(url))
      .map(
        (url): Found => ({
          verdict: "breaking",
          rule: "host-removed",
          says: `The host \`${url}\` was removed.`,
          steps,
        }),
      ),
    ...[...is]
      .filter((url) => !was.has(url))
      .map((url): Found => ({ verdict: "safe", rule: "host-added", says: `The host \`${url}\` is new.`, steps })),
  ];
}

/** The addresses that servers stand for: one for each choice of their variables. */
function hostsOf(servers: unknown, except?: string): Set<string> {
  const list = asList(servers).length === 0 ? [{ url: "/" }] : asList(servers);
  return new Set(
    list.flatMap((server) => {
      const { url, variables } = asNode(server);
      const start = [String(url).replace(/(.)\/$/, "$1")];
      return Object.entries(asNode(variables)).reduce((urls, [name, variable]) => {
        const values = asList(asNode(variable).enum);
        // Without a list any value will do; the one that is used when none is given is a part of it.
        const choices = values.length > 0 ? values.map(String) : [`{${name}=${asNode(variable).default}}`];
        return name === except && values.length > 0
          ? urls
          : urls.flatMap((one) => choices.map((value) => one.replaceAll(`{${name}}`, value)));
      }, start);
    }),
  );
}

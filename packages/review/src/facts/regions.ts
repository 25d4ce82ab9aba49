import type { Change } from "../change.ts";
import { asList, asNode, childOf, type Node, pointerTo } from "../document.ts";

/** Compares the regions that can be called, and the hosts that answer for them. */
export function compareRegions(before: Node, after: Node): Change[] {
  const [old, now] = [hostsOf(before), hostsOf(after)];
  return [
    ...defaults(before, after),
    ...[...new Set([...old.keys(), ...now.keys()])].flatMap((region): Change[] => {
      const [was, is] = [old.get(region), now.get(region)];
      const pointer = (is ?? was)?.pointer ?? "#/servers";
      if (is === undefined) {
        return [
          { verdict: "breaking", rule: "region-removed", says: `The region \`${region}\` was removed.`, pointer },
        ];
      }
      if (was === undefined) {
        return [{ verdict: "safe", rule: "region-added", says: `The region \`${region}\` is new.`, pointer }];
      }
      if (was.host === is.host) return [];
      const says = `The region \`${region}\` was served by \`${was.host}\`, is by \`${is.host}\`.`;
      return [{ verdict: "risky", rule: "region-moved", says, pointer }];
    }),
  ];
}

/** The region that is shown where none is chosen. The client has no region of its own. */
function defaults(before: Node, after: Node): Change[] {
  const list = (document: Node) =>
    asList(document.servers).map((server) => childOf(childOf(childOf(server, "variables"), "region"), "default"));
  const [was, is] = [list(before), list(after)];
  if (was.length !== is.length || was.sort().join() === is.sort().join()) return [];
  const says = "Another region is shown where none is chosen.";
  return [{ verdict: "safe", rule: "region-shown", says, pointer: "#/servers" }];
}

function hostsOf(document: Node): Map<string, { host: string; pointer: string }> {
  const hosts = asList(document.servers).flatMap((server, index) => {
    const { url, variables } = asNode(server);
    const pointer = pointerTo("servers", String(index), "variables", "region", "enum");
    return asList(childOf(childOf(variables, "region"), "enum")).map(
      (region) => [String(region), { host: String(url).replace("{region}", String(region)), pointer }] as const,
    );
  });
  return new Map(hosts);
}

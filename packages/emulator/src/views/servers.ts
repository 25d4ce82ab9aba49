import { recordAt } from "../world/past.ts";
import type { ProjectState, ServerRecord } from "../world/state.ts";
import { isHidden, seenAtMs, type View } from "./view.ts";

/** An image server as a call sees it; undefined when it sees none. */
export function seeServer(view: View, project: ProjectState, id: string): ServerRecord | undefined {
  const live = project.servers.get(id);
  if (view.distortions.length === 0) return live;
  const isAbout = (resource: string) => resource === id;
  const seen = recordAt(project.pastServers, id, live, seenAtMs(view, isAbout));
  if (seen === undefined || isHidden(view, isAbout, { madeAtMs: Date.parse(seen.create_time) })) return undefined;
  return seen;
}

/** The image servers that a call sees, in the order of their creation. */
export function seeServers(view: View, project: ProjectState): (visit: (server: ServerRecord) => void) => void {
  if (view.distortions.length === 0) return (visit) => project.servers.forEach(visit);
  const ids = new Set([...project.servers.keys(), ...project.pastServers.keys()]);
  const seen = [...ids].flatMap((id) => seeServer(view, project, id) ?? []);
  return (visit) => seen.forEach(visit);
}

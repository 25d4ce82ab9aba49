import type { ImageRecord } from "../world/image-record.ts";
import { allImages } from "../world/images.ts";
import { recordAt } from "../world/past.ts";
import type { ProjectState } from "../world/state.ts";
import { isHidden, seenAtMs, type View } from "./view.ts";

/** The images that a call sees, in the order of their creation. */
export function seeImages(view: View, project: ProjectState): ImageRecord[] {
  const live = allImages(project);
  if (view.distortions.length === 0) return live;
  const byId = new Map(live.map((image) => [image.id, image]));
  return [...new Set([...project.pastImages.keys(), ...byId.keys()])].flatMap((id) => {
    const isAbout = (resource: string) => resource === id || resource === byId.get(id)?.serverId;
    const atMs = seenAtMs(view, isAbout);
    const seen = recordAt(project.pastImages, id, byId.get(id), atMs);
    const isThere = seen !== undefined && seen.createdAtMs <= atMs;
    return isThere && !isHidden(view, isAbout, { madeAtMs: seen.createdAtMs }) ? [seen] : [];
  });
}

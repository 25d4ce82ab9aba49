import type { ImageRecord } from "./image-record.ts";
import type { ProjectState } from "./state.ts";

/** Every image that a project can use: what its image servers have made, its other private ones, and public ones. */
export function allImages({ images, otherImages }: ProjectState): ImageRecord[] {
  return [...otherImages.values(), ...images.values()];
}

/** The images that count against the quota of a project. */
export function privateImages(project: ProjectState): ImageRecord[] {
  return allImages(project).filter(({ imageType }) => imageType === "private");
}

/** The image with an id, wherever it comes from. */
export function findImage({ images, otherImages }: ProjectState, id: string): ImageRecord | undefined {
  return images.get(id) ?? otherImages.get(id);
}

/** What uses an image, in words; undefined when nothing does. */
export function userOfImage({ streaming }: ProjectState, id: string): string | undefined {
  for (const group of streaming.groups.values()) if (group.image_id === id) return `server group ${group.id}`;
  for (const server of streaming.servers.values()) if (server.image_id === id) return `application server ${server.id}`;
  return undefined;
}

import { serviceRefusal } from "../http/refusal.ts";
import { arrange, pageSize } from "../views/arrange.ts";
import { seeImages } from "../views/images.ts";
import { writeRecord } from "../views/write-record.ts";
import type { ImageRecord } from "../world/image-record.ts";
import { findImage, privateImages, userOfImage } from "../world/images.ts";
import { remember } from "../world/past.ts";
import type { Call, Handler } from "./operation.ts";

/** Filters that an image fits when its field of the same name has the same value. */
const sameName = [
  "id",
  "name",
  "status",
  "__imagetype",
  "visibility",
  "owner",
  "__os_type",
  "__platform",
  "__os_bit",
  "virtual_env_type",
  "protected",
  "min_disk",
  "min_ram",
  "disk_format",
  "container_format",
] as const;

/** Images by their fields, newest first; a page begins after the image that `marker` names. */
export const listImages: Handler = (call) => {
  const { query, view, project } = call;
  const filters = sameName.filter((name) => query[name] !== undefined && query[name] !== "");
  const fitting = seeImages(view, project).filter((image) => {
    const shown = imageView(call, image);
    const isTagged = query.tag === undefined || (shown.tags as readonly string[]).includes(String(query.tag));
    return isTagged && isIn(query, image) && filters.every((name) => String(shown[name]) === String(query[name]));
  });
  const sorted = arrange(view, sortedBy(query, fitting), ({ id }) => id);
  const start = sorted.findIndex(({ id }) => id === query.marker) + 1;
  const limit = pageSize(view, (query.limit as number | undefined) ?? sorted.length);
  const items = sorted.slice(start, start + limit);
  const written = items.map((image) => writeRecord(view, (resource) => resource === image.id, imageView(call, image)));
  return { status: 200, body: { images: written } };
};

/** Whether an image is in the enterprise project that is asked for, which is the default one when none is. */
function isIn({ enterprise_project_id: id = "0" }: Call["query"], { enterpriseProjectId }: ImageRecord): boolean {
  return id === "all_granted_eps" || enterpriseProjectId === (id || "0");
}

function sortedBy(query: Call["query"], images: readonly ImageRecord[]): ImageRecord[] {
  const { sort_key: key = "created_at", sort_dir: direction = "desc" } = query as Readonly<Record<string, string>>;
  const by = (image: ImageRecord) =>
    key.trim() === "name" ? image.name : key.trim() === "id" ? image.id : image.createdAtMs;
  const newestLast = images.toSorted((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
  return direction === "desc" ? newestLast.reverse() : newestLast;
}

/** Deletes an image. One that is not there is deleted as well, as the service says by all accounts. */
export const glanceDeleteImage: Handler = ({ route, project, path, rules, nowMs }) => {
  const id = path.image_id as string;
  const image = findImage(project, id);
  if (image === undefined) return { status: 204 };
  if (image.imageType !== "private") throw serviceRefusal(route, 403, `Image ${id} is not the project's own.`);
  if (image.isProtected) throw serviceRefusal(route, 403, `Image ${id} is protected.`);
  const user = userOfImage(project, id);
  if (rules.usedImages === "refused" && user !== undefined)
    throw serviceRefusal(route, 400, `Image ${id} is used by ${user}.`);
  remember(project.pastImages, id, image, nowMs);
  project.images.delete(id);
  project.otherImages.delete(id);
  return { status: 204 };
};

/** The most that a quota can be, in the example of the contract. */
const usualMost = 1000;

/** How many private images there are, and may be. */
export const showImageQuota: Handler = ({ project }) => {
  const { imageQuota: quota } = project;
  const used = privateImages(project).length;
  const resource = { type: "image", used, quota, min: 1, max: Math.max(usualMost, quota) };
  return { status: 200, body: { quotas: { resources: [resource] } } };
};

const mostTags = 10;

/** Sets tags of an image, or takes them away. */
export const batchAddOrDeleteTags: Handler = ({ route, project, path, body, nowMs }) => {
  const { action, tags = [] } = body as {
    readonly action: string;
    readonly tags?: readonly { readonly key: string; readonly value?: string }[];
  };
  const image = findImage(project, path.image_id as string);
  if (image === undefined) throw serviceRefusal(route, 404, `There is no image ${path.image_id}.`);
  const next = { ...image.tags };
  for (const { key, value = "" } of tags) {
    if (action === "delete") delete next[key];
    else next[key] = value;
  }
  if (Object.keys(next).length > mostTags)
    throw serviceRefusal(route, 400, `Image ${image.id} would have more than ${mostTags} tags.`);
  remember(project.pastImages, image.id, image, nowMs);
  image.tags = next;
  return { status: 204 };
};

/** An image as ListImages shows it: many truths and numbers are texts, and times have no fraction. */
function imageView({ project }: Call, image: ImageRecord): Record<string, unknown> {
  const time = new Date(image.createdAtMs).toISOString().replace(/\.\d+Z$/, "Z");
  const isPublic = image.imageType === "gold";
  return {
    id: image.id,
    name: image.name,
    status: image.status,
    __imagetype: image.imageType,
    visibility: isPublic ? "public" : "private",
    __os_type: image.osType,
    __platform: image.osType === "Windows" ? "Windows" : "Other",
    __os_version: image.osVersion,
    __os_bit: "64",
    min_disk: image.minDisk,
    min_ram: 0,
    __image_size: "449261568",
    __image_source_type: "uds",
    __isregistered: "true",
    enterprise_project_id: image.enterpriseProjectId,
    owner: isPublic ? "0".repeat(32) : project.id,
    protected: image.isProtected,
    // How the service joins key and value is not documented.
    tags: Object.entries(image.tags).map(([key, value]) => `${key}=${value}`),
    created_at: time,
    updated_at: time,
    active_at: time,
    __originalimagename: "",
    virtual_env_type: "FusionCompute",
    disk_format: "zvhd2",
    container_format: "bare",
    self: `/v2/images/${image.id}`,
  };
}

import type { components } from "../../generated/aps.ts";
import type { CallOptions } from "../../method.ts";
import type { ImageService, ServiceImage } from "./image-service.ts";
import type { PlanCheck } from "./rollout-plan.ts";

type Group = components["schemas"]["ServerGroupDetails"];

/** The images of a rollout, as the image service shows them; undefined where it does not, or was not asked. */
export interface FoundImages {
  readonly to: ServiceImage | undefined;
  readonly from: ServiceImage | undefined;
  readonly checks: readonly PlanCheck[];
}

/** Of an image that is still to be made. */
export const notMadeYet: FoundImages = {
  to: undefined,
  from: undefined,
  checks: [{ about: "image", verdict: "unknown", says: "The image is still to be made." }],
};

/** Looks both images up. What cannot be known is said as unknown, and keeps nothing from running. */
export async function findImages(
  service: ImageService,
  { toId, fromId }: { readonly toId: string; readonly fromId: string },
  call: CallOptions,
): Promise<FoundImages> {
  const unknown = (says: string): FoundImages => ({
    to: undefined,
    from: undefined,
    checks: [{ about: "image", verdict: "unknown", says }],
  });
  try {
    const [to, from] = [await find(service, toId, call), await find(service, fromId, call)];
    if (to === undefined) {
      const says = `The image service knows no image ${toId}.`;
      return { to, from, checks: [{ about: "image", verdict: "bad", says }] };
    }
    return { to, from, checks: [] };
  } catch (error) {
    call.signal?.throwIfAborted();
    return unknown(`The image service does not show images: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function find(service: ImageService, id: string, call: CallOptions): Promise<ServiceImage | undefined> {
  if (id === "") return undefined;
  const { images = [] } = await service.listImages({ query: { id, enterprise_project_id: "0" } }, call);
  return images.find((image) => image.id === id);
}

/** Holds the new image against the group, and against its present image, by the documented rule of equivalence. */
export function checkImage(group: Group, { to, from, checks }: FoundImages): PlanCheck[] {
  if (to === undefined) return [...checks];
  const check = (about: string, isGood: boolean | undefined, says: string): PlanCheck => ({
    about,
    verdict: isGood === undefined ? "unknown" : isGood ? "good" : "bad",
    says,
  });
  const { system_disk_size: disk, os_type: osType } = group;
  const memoryMb = Number(group.product_info?.memory ?? Number.NaN);
  return [
    ...checks,
    check("image state", to.status === "active", `Image ${to.name} is ${to.status}.`),
    check(
      "image kind",
      to.__imagetype === "private" || undefined,
      `It is ${to.__imagetype}, seen by: ${to.visibility}.`,
    ),
    check(
      "disk",
      disk === undefined ? undefined : to.min_disk <= disk,
      `It needs ${to.min_disk} GB of ${disk ?? "?"} GB.`,
    ),
    check(
      "memory",
      Number.isNaN(memoryMb) ? (to.min_ram === 0 ? true : undefined) : to.min_ram <= memoryMb,
      `It needs ${to.min_ram} MB of memory.`,
    ),
    check("system", osType === undefined ? undefined : to.__os_type === osType, `It is of ${to.__os_type}.`),
    check(
      "payment",
      from === undefined ? undefined : (from.__productcode ?? "") === (to.__productcode ?? ""),
      "Images may be exchanged that are both free, or both of one product of the marketplace.",
    ),
    check(
      "version of the system",
      from === undefined || from.__os_version === to.__os_version || undefined,
      `It has ${to.__os_version ?? "an unnamed version"}; the present image ${from?.__os_version ?? "is not known"}.`,
    ),
  ];
}

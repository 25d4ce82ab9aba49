import { effectsOn, type View } from "./view.ts";

const always = () => true;

/** Whether the lists of a view are in another order than that of the service, or their pages are smaller. */
export function isRearranged({ distortions }: View): boolean {
  return distortions.some(({ effect }) => effect.type === "order" || effect.type === "page");
}

/** The size of a page for a call that asks for `limit`. */
export function pageSize(view: View, limit: number): number {
  return effectsOn(view, "page", always).reduce((smallest, { most }) => Math.min(smallest, most), limit);
}

/** Items, newest first, in the order in which a view shows them. */
export function arrange<T>(view: View, newestFirst: readonly T[], idOf: (item: T) => string): readonly T[] {
  const order = view.distortions.find(({ effect }) => effect.type === "order");
  if (order?.effect.type !== "order") return newestFirst;
  if (order.effect.by === "oldest") return newestFirst.toReversed();
  const salt = order.effect.by === "mixed" ? 0 : order.drawn * 2 ** 32;
  return newestFirst.toSorted((a, b) => hash(idOf(a), salt) - hash(idOf(b), salt));
}

/** FNV-1a, 32 bits: the same text and salt give the same number. */
function hash(text: string, salt: number): number {
  let mixed = (2166136261 ^ salt) >>> 0;
  for (let index = 0; index < text.length; index++) mixed = Math.imul(mixed ^ text.charCodeAt(index), 16777619) >>> 0;
  return mixed;
}

import type { Hit } from "../faults/hit.ts";
import type { ViewEffect, ViewEffectType } from "./effect.ts";

/** How a call sees what there is. */
export interface View {
  /** When it looks, on the emulator's clock. */
  readonly nowMs: number;
  /** What makes it see something else than the truth; mostly nothing. */
  readonly distortions: readonly Distortion[];
}

/** An effect on what is seen, for one call. */
export interface Distortion {
  readonly effect: ViewEffect;
  /** The resource that it is bound to; undefined: all. */
  readonly resource: string | undefined;
  /** A number from 0 to 1 that was drawn for this call. */
  readonly drawn: number;
}

const types: Readonly<Record<ViewEffectType, true>> = {
  lag: true,
  hide: true,
  lateResult: true,
  name: true,
  fields: true,
  times: true,
  order: true,
  page: true,
};

/** Whether an effect changes what is seen. */
export function isViewEffect(effect: { readonly type: string }): effect is ViewEffect {
  return Object.hasOwn(types, effect.type);
}

/** How a call sees what there is, once these faults have hit it. */
export function viewOf(hits: readonly Hit[], nowMs: number): View {
  const distortions = hits.flatMap(({ effect, resource, drawn = 0 }) =>
    isViewEffect(effect) ? [{ effect, resource, drawn }] : [],
  );
  return { nowMs, distortions };
}

/** Whether answers that are seen so may break the contract, because that is what is wanted. */
export function breaksContract({ distortions }: View): boolean {
  return distortions.some(({ effect }) => effect.type === "fields" || effect.type === "times");
}

/** The effects of one type on a record; `isAbout` says whether the record is about a resource. */
export function effectsOn<T extends ViewEffectType>(
  view: View,
  type: T,
  isAbout: (resource: string) => boolean,
): Extract<ViewEffect, { type: T }>[] {
  return view.distortions
    .filter(({ effect, resource }) => effect.type === type && (resource === undefined || isAbout(resource)))
    .map(({ effect }) => effect as Extract<ViewEffect, { type: T }>);
}

/** The time as of which a record is seen. */
export function seenAtMs(view: View, isAbout: (resource: string) => boolean): number {
  return view.nowMs - effectsOn(view, "lag", isAbout).reduce((longest, { ms }) => Math.max(longest, ms), 0);
}

/** Whether a record is hidden that was made, and has ended, at these times. */
export function isHidden(
  view: View,
  isAbout: (resource: string) => boolean,
  { madeAtMs, endedAtMs }: { readonly madeAtMs: number; readonly endedAtMs?: number | undefined },
): boolean {
  return effectsOn(view, "hide", isAbout).some(({ forFirstMs, afterEndMs }) => {
    if (forFirstMs === undefined && afterEndMs === undefined) return true;
    if (forFirstMs !== undefined && view.nowMs < madeAtMs + forFirstMs) return true;
    return afterEndMs !== undefined && endedAtMs !== undefined && view.nowMs >= endedAtMs + afterEndMs;
  });
}

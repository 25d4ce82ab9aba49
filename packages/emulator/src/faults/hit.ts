import type { FaultEffect } from "./fault.ts";

/** A fault that has hit a call. */
export interface Hit {
  readonly id: number;
  readonly effect: FaultEffect;
  /** The resource that it is bound to. */
  readonly resource?: string;
  /** A number from 0 to 1, drawn for this call, where the effect needs one. */
  readonly drawn?: number;
}

/** No fault hits the request. */
export const noHits: readonly Hit[] = [];

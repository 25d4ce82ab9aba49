/** The gateway gives a request up after so long; until then one whose answer is lost may still be carried out. */
export const heldMs = 30_000;
/** What the service shows may be this much older than what it does. */
const lagMs = 120_000;
/** After so long, looks show what became of a request, whatever became of its answer. */
export const settleMs = heldMs + lagMs + 5_000;
/** The machines of a service differ by as much, and neither their times nor the header `Date` have a fraction. */
export const toleranceMs = 10_000;

/** The form in which the service writes times, as the contract's schema `Time` says. */
const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A time of the service in milliseconds since 1970. NaN for any other form, whose zone and meaning are unknown. */
export function serviceTimeMs(text: unknown): number {
  return typeof text === "string" && form.test(text) ? Date.parse(text) : Number.NaN;
}

/** The form in which the service writes times, as the contract's schema `Time` says. */
const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A time of the service in milliseconds since 1970. NaN for any other form, whose zone and meaning are unknown. */
export function serviceTimeMs(text: unknown): number {
  return typeof text === "string" && form.test(text) ? Date.parse(text) : Number.NaN;
}

import { nearest } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage-error.ts";

/** What can stand in a name, between braces. */
export interface NameFacts {
  /** The server, as it was given. */
  readonly server: string;
  /** The name that the list has for the image, or the name of the server. */
  readonly name?: string | undefined;
  readonly atMs: number;
  /** A zone of the IANA database. */
  readonly timeZone: string;
}

const known = ["date", "time", "server", "name"];

/** Whether a name has anything to fill in. */
export function isTemplate(name: string): boolean {
  return /[{}]/.test(name);
}

/**
 * Fills a name in: `office-{date}` is `office-2026-11-29`, `{time}` is `154630`, `{server}` the server as it was given,
 * `{name}` the name in the list.
 *
 * @throws UsageError for anything else between braces.
 */
export function fillName(template: string, { server, name, atMs, timeZone }: NameFacts): string {
  const clock = clockIn(timeZone, atMs);
  const values: Readonly<Record<string, string | undefined>> = { ...clock, server, name };
  return template.replaceAll(/\{([^{}]*)\}?/g, (whole, word: string) => {
    const value = whole.endsWith("}") && known.includes(word) ? values[word] : undefined;
    if (value !== undefined) return value;
    const near = nearest(word, known);
    throw new UsageError(
      `${JSON.stringify(whole)} in the name ${JSON.stringify(template)} stands for nothing.${near === undefined || near === word ? "" : ` Did you mean {${near}}?`} There are ${known.map((one) => `{${one}}`).join(", ")}.`,
    );
  });
}

/** @throws UsageError when the zone is none. */
function clockIn(timeZone: string, atMs: number): { date: string; time: string } {
  let parts: Readonly<Record<string, string>>;
  try {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  } catch {
    throw new UsageError(
      `--time-zone must be the name of a time zone, such as UTC or Asia/Shanghai; given was ${JSON.stringify(timeZone)}.`,
    );
  }
  const { year, month, day, hour, minute, second } = parts;
  return { date: `${year}-${month}-${day}`, time: `${hour}${minute}${second}` };
}

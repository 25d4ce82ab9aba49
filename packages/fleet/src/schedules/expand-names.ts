import type { FleetRunImage } from "../images/image.ts";

/** What a moment is called in names. */
interface Moment {
  /** Such as `2026-11-29`. */
  readonly date: string;
  /** Such as `0230`. */
  readonly time: string;
}

/** Date and time of day in a zone. */
function momentIn(timeZone: string, at: Date): Moment {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}${parts.minute}` };
}

/** The run of a schedule at a moment: its name, date and time of day. The same moment names the same run. */
export function runOf(schedule: string, timeZone: string, at: Date): string {
  const { date, time } = momentIn(timeZone, at);
  return `${schedule}-${date}-${time}`;
}

/** The images of one night: `{date}` and `{time}` in names and descriptions become those of the moment. */
export function imagesAt(images: readonly FleetRunImage[], timeZone: string, at: Date): FleetRunImage[] {
  const moment = momentIn(timeZone, at);
  const fill = (text: string) => text.replace(/\{(date|time)\}/g, (_, key: keyof Moment) => moment[key]);
  return images.map((image) => ({
    ...image,
    name: fill(image.name),
    ...(image.description === undefined ? {} : { description: fill(image.description) }),
  }));
}

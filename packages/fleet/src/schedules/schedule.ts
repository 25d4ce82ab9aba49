import type { PgBoss } from "pg-boss";
import type { Database, Session } from "../database/database.ts";
import type { FleetRunImage } from "../images/image.ts";
import { checkRunImages } from "../runs/check-images.ts";
import { RunError } from "../runs/run-error.ts";
import { type Submitted, submit } from "../runs/submit.ts";
import { scheduleQueue } from "../work/queues.ts";
import { imagesAt, runOf } from "./expand-names.ts";

/** What a schedule submits, and when. */
export interface ScheduleOptions {
  /** The zone in which the cron expression and the dates of names are meant, such as `Asia/Singapore`. Default: `UTC`. */
  readonly timeZone?: string | undefined;
  /** The images of each run. Every name has `{date}`, and `{time}` where there are several runs a day. */
  readonly images: readonly FleetRunImage[];
  /** Whether somebody has to approve each run. Default: false. */
  readonly approval?: boolean | undefined;
}

/** A schedule that was set up. */
export interface Schedule {
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly approval: boolean;
  readonly images: readonly FleetRunImage[];
}

/** What a job of a schedule carries. */
export interface ScheduleJob {
  readonly schedule: string;
}

/**
 * Submits a run at every moment of a cron expression, with names of its own. A schedule of this name that is there is replaced;
 * its runs stay. Where no worker runs at the moment, the run is submitted as soon as one does, once.
 *
 * @throws RunError when the expression, the zone or an image breaks a rule. Nothing was written.
 */
export async function schedule(
  database: Database,
  boss: PgBoss,
  name: string,
  cron: string,
  { timeZone = "UTC", images, approval = false }: ScheduleOptions,
): Promise<void> {
  checkZone(timeZone);
  const example = runOf(name, timeZone, new Date());
  checkRunImages(example, imagesAt(images, timeZone, new Date()));
  const same = images.find((image) => !image.name.includes("{date}"));
  if (same !== undefined)
    throw new RunError(
      `Image name ${JSON.stringify(same.name)} has no {date}, so every run would make an image of the same name. Nothing was written.`,
    );
  try {
    // The queue first: without a row, what it sends does nothing.
    await boss.schedule(scheduleQueue, cron, { schedule: name } satisfies ScheduleJob, {
      ...{ tz: timeZone, key: name, missed: "once" },
    });
  } catch (error) {
    if ((error as { code?: unknown }).code !== undefined) throw error;
    throw new RunError(`${JSON.stringify(cron)} is no cron expression: ${(error as Error).message}`);
  }
  await database.change(
    `insert into aps_fleet.schedule (name, cron, time_zone, approval, images) values ($1, $2, $3, $4, $5)
     on conflict (name) do update
        set cron = excluded.cron, time_zone = excluded.time_zone, approval = excluded.approval, images = excluded.images`,
    [name, cron, timeZone, approval, JSON.stringify(images)],
  );
}

/** Ends a schedule. Its runs stay. Whether there was one. */
export async function unschedule(database: Database, boss: PgBoss, name: string): Promise<boolean> {
  const deleted = await database.change("delete from aps_fleet.schedule where name = $1", [name]);
  await boss.unschedule(scheduleQueue, name);
  return deleted > 0;
}

/** All schedules, by name. */
export function listSchedules(session: Session): Promise<Schedule[]> {
  return session.rows<Schedule>(
    `select name, cron, time_zone as "timeZone", approval, images from aps_fleet.schedule order by name`,
  );
}

/**
 * Submits the run of a moment. The same moment again adds nothing.
 *
 * @returns undefined when the schedule is gone.
 */
export function submitScheduled(database: Database, name: string, at: Date): Promise<Submitted | undefined> {
  return database.transaction(async (session) => {
    const [found] = await session.rows<Schedule>(
      `select name, cron, time_zone as "timeZone", approval, images from aps_fleet.schedule where name = $1`,
      [name],
    );
    if (found === undefined) return undefined;
    const { timeZone, approval, images } = found;
    const run = runOf(name, timeZone, at);
    return submit(session, run, imagesAt(images, timeZone, at), { approval, schedule: name });
  });
}

function checkZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw new RunError(`There is no time zone ${JSON.stringify(timeZone)}. Name one as Asia/Singapore or UTC.`);
  }
}

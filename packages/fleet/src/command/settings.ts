import { type Client, type ClientOptions, createClient, isLoopback, sleepOnTimer } from "@workspace-aps/client";
import { defaultCredentials, fromProfile, nodeFetch } from "@workspace-aps/client/node";
import { openTelemetry } from "@workspace-aps/client/otel";
import type { Place } from "../place.ts";
import { UsageError } from "./usage-error.ts";

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that names the database. */
export const databaseVariable = "APS_FLEET_DATABASE_URL";

/** @throws UsageError when no database is named. */
export function databaseUrlOf(environment: Environment): string {
  const url = environment[databaseVariable];
  if (!url) {
    throw new UsageError(
      `No database. Set ${databaseVariable}, for example to postgres://aps_fleet@db.example/aps_fleet. A password in an option would be seen by every user of this machine.`,
    );
  }
  return url;
}

/**
 * Makes the client of a place. An account is a section of the vendor's profile file; without one, keys are looked for where the
 * vendor's SDKs do. Each request is a span below that of the work which it is for. `APS_ENDPOINT` leads to another host, such as
 * an emulator, and `APS_SPEED` goes with one that is sped up.
 */
export function clientFor(environment: Environment): (place: Place) => Client {
  const endpoint = environment.APS_ENDPOINT || undefined;
  const pace = paceOf(environment, endpoint);
  const onEvent = openTelemetry();
  return ({ account, region, projectId }) =>
    createClient({
      ...{ region, projectId, endpoint },
      credentials: account === "" ? defaultCredentials({ environment }) : fromProfile({ section: account }),
      fetch: nodeFetch(),
      userAgent: "aps-fleet",
      onEvent,
      ...pace,
    });
}

/**
 * The clock of a client.
 *
 * @throws UsageError when it is to be faster by what is no number of at least 1, or where a real service may answer.
 */
function paceOf({ APS_SPEED: text }: Environment, endpoint: string | undefined): Pick<ClientOptions, "now" | "sleep"> {
  if (!text || text === "1") return {};
  const speed = Number(text);
  if (!(speed >= 1)) throw new UsageError(`APS_SPEED is a number of at least 1; given was ${JSON.stringify(text)}.`);
  if (!isLoopback(endpoint))
    throw new UsageError("APS_SPEED goes with an emulator only: APS_ENDPOINT must lead to this machine.");
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    sleep: (ms, signal) => sleepOnTimer(ms / speed, signal),
  };
}

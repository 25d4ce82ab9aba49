import { createHash } from "node:crypto";
import { ApiError, ApsError, type CallOptions, type Client, methodsOf } from "@workspace-aps/client";
import { listImageServers } from "@workspace-aps/client/operations";
import type { Database } from "../database/database.ts";
import type { Place } from "../place.ts";
import { isKeyRefused } from "./refusal.ts";
import { rest } from "./rest.ts";

/** What the workers know of the keys that they sign with. */
export interface Keys {
  /**
   * The key that the client of a place signs with now. Undefined while nothing is asked for with it, because it was refused,
   * whichever worker and place that was. Another key is another matter, at once.
   */
  usable(place: Place, client: Client, call: Pick<CallOptions, "onThrottled">): Promise<UsableKey | undefined>;
}

/** A key that may be used, as far as is known. */
export interface UsableKey {
  /** Lets nobody use it for a while, after an error for which {@link isKeyRefused} holds. */
  refuse(error: ApsError): Promise<void>;
}

/**
 * How long nothing is asked for with a key that was refused, in milliseconds. The service locks a key for five minutes that it has
 * refused more than five times in a row, for everybody who uses it (APIGW.0301).
 */
const refusedKeyRestMs = 10 * 60_000;

/** Time for the first request with a key, in milliseconds. Others wait for it. */
const trialMs = 15_000;

/**
 * Keeps track of keys. The first request with a key goes alone, so that a wrong one is refused once, and not in every lane.
 *
 * @param options.restMs how long a place rests at first whose key cannot be told from another.
 */
export function trackKeys(database: Database, { restMs }: { readonly restMs: number }): Keys {
  const tried = new Map<string, Promise<unknown>>();

  async function refuse(digest: string): Promise<void> {
    tried.delete(digest);
    await database.change(
      `insert into aps_fleet.refused_key (digest, rest_until) values ($1, now() + $2 * interval '1 millisecond')
       on conflict (digest) do update set rest_until = excluded.rest_until`,
      [digest, refusedKeyRestMs],
    );
    await database.change("delete from aps_fleet.refused_key where rest_until < now() - interval '1 day'");
  }

  return {
    async usable(place, client, call) {
      // What obtains keys is asked again after a rest of its place.
      const restPlace = () => rest(database, place, { firstMs: restMs, askedMs: refusedKeyRestMs });
      const digest = await digestOf(client).catch(async (error: unknown) => {
        if (!(error instanceof ApsError)) throw error;
        if (!isKeyRefused(error)) return missing;
        await restPlace();
        return undefined;
      });
      if (digest === undefined) return undefined;
      // Where there is no key nothing is sent, and the request that is not sent says why.
      if (digest !== missing) {
        const rests = "select 1 from aps_fleet.refused_key where digest = $1 and rest_until > now()";
        if ((await database.rows(rests, [digest])).length > 0) return undefined;
        const trial = tried.get(digest) ?? tryOut(client, call);
        // Of a source whose keys are new each time, the old ones do not come again.
        if (tried.size >= mostTried) tried.clear();
        tried.set(digest, trial);
        const error = await trial;
        if (error !== undefined) tried.delete(digest);
        if (error instanceof ApsError && isKeyRefused(error)) {
          await refuse(digest);
          return undefined;
        }
      }
      return {
        async refuse(error) {
          if (!(error instanceof ApiError)) return restPlace();
          // A key that came meanwhile was not refused.
          const now = await digestOf(client).catch(() => missing);
          if (now === digest && now !== missing) await refuse(now);
        },
      };
    },
  };
}

const missing = "";
const mostTried = 1_000;

/** Sends one request with a key. Resolves to undefined when it was answered, and so the key taken; else to why not. */
async function tryOut(client: Client, { onThrottled }: Pick<CallOptions, "onThrottled">): Promise<unknown> {
  try {
    await methodsOf(client, { listImageServers }).listImageServers(
      { query: { limit: 1 } },
      { onThrottled, totalTimeoutMs: trialMs },
    );
    return undefined;
  } catch (error) {
    return error instanceof ApiError && !isKeyRefused(error) ? undefined : error;
  }
}

/** Tells the key of a client from others. The key cannot be found from it. */
async function digestOf({ settings }: Client): Promise<string> {
  const credential = await settings.credentials(settings);
  const parts =
    credential.type === "token"
      ? [credential.token]
      : [credential.accessKeyId, credential.secretAccessKey, credential.securityToken];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

import type { ClientEvent } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import type { Pace } from "../connection/pace.ts";
import { inWords } from "./in-words.ts";
import type { Log } from "./log.ts";

/** What is silent for longer makes people wonder. */
const silentMs = 2_000;
const againMs = 60_000;

/** A request that has no answer yet. */
interface Open {
  readonly operationId: string;
  readonly attempt: number;
  readonly startedAt: number;
  /** When it was last told of. */
  toldAt: number;
}

/** How a request ended that is looked into: a refusal may be due to a copy of it that was carried out. */
function howItEnded(reason: string | undefined): string {
  const [, status] = /^status (\d+)$/.exec(reason ?? "") ?? [];
  if (reason === undefined) return "its answer is not known";
  if (status === undefined || Number(status) >= 500) return "the answer was lost";
  return status === "429" ? "throttled" : `refused with status ${status}`;
}

/** A request that is sent again later. */
interface Pause {
  readonly operationId: string;
  readonly reason: string;
  readonly untilMs: number;
  /** Which try it will be, and of how many. */
  readonly tries: string;
}

/** How often an operation was tried, and for how long, in its latest call. */
export interface Tries {
  readonly attempts: number;
  readonly tookMs: number;
}

/** Tells of what a client does, as far as it is worth telling. */
export interface RequestWatch {
  readonly onEvent: (event: ClientEvent) => void;
  /** Undefined for what was tried once. */
  triesOf(operationId: string): Tries | undefined;
  end(): void;
}

/**
 * Tells of every request that is sent again, and of every answer that is waited for longer than two seconds: in a line each,
 * and on terminals in one that goes away.
 *
 * @param clock real time, because people wait in it.
 * @param maxAttempts how often a request is sent at most.
 */
export function watchRequests(log: Log, clock: Pace, maxAttempts: number): RequestWatch {
  const open: Open[] = [];
  const calls = new Map<string, { startedAt: number; attempts: number }>();
  /** What was told of the looks into a request, by its server. */
  const searches = new Map<string, { readonly text: string; readonly toldAt: number }>();
  /** Ends the looks at what is open. There are none where nothing is, so that they keep no process alive. */
  let loop: AbortController | undefined;
  /** The next try that is waited for. */
  let pause: Pause | undefined;

  const textOfPause = ({ reason, untilMs, tries }: Pause) =>
    `${reason}; next try in ${formatDuration(Math.max(0, untilMs - clock.now()))} ${tries}`;
  const textOfOpen = ({ startedAt, attempt }: Open) =>
    `no answer yet after ${formatDuration(clock.now() - startedAt)}${attempt > 1 ? ` (try ${attempt})` : ""}`;
  const oldest = () => open.find(({ startedAt }) => clock.now() - startedAt >= silentMs);
  const refresh = () => {
    const late = oldest();
    const paused = pause;
    // What is waited for comes first: a narrow terminal cuts the end.
    if (paused !== undefined) log.trouble(() => `${textOfPause(paused)}  ${paused.operationId}`);
    else log.trouble(late === undefined ? undefined : () => `${textOfOpen(late)}  ${late.operationId}`);
  };
  const watch = async ({ signal }: AbortController) => {
    try {
      while (!signal.aborted) {
        await clock.sleep(silentMs, signal);
        for (const one of open) {
          const now = clock.now();
          if (now - one.startedAt < silentMs || now - one.toldAt < againMs) continue;
          one.toldAt = now;
          if (!log.moves)
            log.print(`${one.operationId}: ${textOfOpen(one)}`, { operation: one.operationId, attempt: one.attempt });
        }
        refresh();
      }
    } catch {
      // Nothing is open any more.
    }
  };
  const stop = () => {
    loop?.abort();
    loop = undefined;
  };
  const close = (operationId: string, attempt: number) => {
    const index = open.findIndex((one) => one.operationId === operationId && one.attempt === attempt);
    if (index !== -1) open.splice(index, 1);
    if (open.length === 0) stop();
  };

  return {
    onEvent(event) {
      if (event.type === "request") {
        const { operationId, attempt, url } = event;
        const now = clock.now();
        const before = attempt === 1 ? undefined : calls.get(operationId);
        calls.set(operationId, { startedAt: before?.startedAt ?? now, attempts: attempt });
        open.push({ operationId, attempt, startedAt: now, toldAt: Number.NEGATIVE_INFINITY });
        pause = undefined;
        log.debug(`${operationId}: try ${attempt}`, { operation: operationId, attempt, url });
        if (loop === undefined) {
          loop = new AbortController();
          void watch(loop);
        }
        refresh();
      } else if (event.type === "response" || event.type === "failure") {
        close(event.operationId, event.attempt);
        refresh();
      } else if (event.type === "retry") {
        const { operationId, attempt, delayMs, reason } = event;
        close(operationId, attempt);
        const tries = `(${attempt + 1} of ${maxAttempts})`;
        pause = { operationId, reason: inWords(reason), untilMs: clock.now() + delayMs, tries };
        if (!log.moves)
          log.print(`${operationId}: ${textOfPause(pause)}`, {
            operation: operationId,
            attempt,
            delay_ms: delayMs,
            reason,
          });
        refresh();
      } else if (event.type === "search") {
        const { serverId, name, verdict, reason } = event;
        const what = {
          started: "its job was found, so nothing is sent again",
          "not started": "nothing was started",
          unknown: "whether it has started anything is not to be told yet",
        }[verdict];
        const text = `${howItEnded(reason)}: ${what}`;
        const before = searches.get(serverId);
        if (before?.text === text && clock.now() - before.toldAt < againMs) return;
        searches.set(serverId, { text, toldAt: clock.now() });
        log.print(`${name}  ${text}`, { server_id: serverId, name, verdict, reason });
      } else if (event.type === "renewal") {
        const what =
          event.reason === "clock" ? "the clock was corrected by the service's" : "credentials were obtained";
        log.debug(`${event.operationId}: ${what}, ${formatDuration(event.durationMs)}`);
      }
    },
    triesOf(operationId) {
      const call = calls.get(operationId);
      if (call === undefined || call.attempts < 2) return undefined;
      return { attempts: call.attempts, tookMs: clock.now() - call.startedAt };
    },
    end() {
      stop();
      open.length = 0;
      pause = undefined;
      log.trouble(undefined);
    },
  };
}

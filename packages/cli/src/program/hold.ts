import type { ClientEvent } from "@workspace-aps/client";
import { printFailure } from "../failure/report.ts";
import type { Context } from "./context.ts";
import { exitCode } from "./exit-code.ts";
import { InterruptedError } from "./interruption.ts";

/** Ctrl-C has ended a call before its request was sent. */
export function nothingDone(): InterruptedError {
  return new InterruptedError("Interrupted. Nothing was done.");
}

/**
 * Ctrl-C has ended a call whose request was sent, and throttled. What throttles passes nothing on, but something in between may
 * have sent the request twice, and the other one may have got through.
 */
function onlyThrottled(operationId: string, looks: readonly string[]): InterruptedError {
  return new InterruptedError(
    `Interrupted. ${operationId} was sent, and throttled (429) at every try, which does nothing unless the request was doubled on its way.`,
    looks,
  );
}

const throttled = 429;

/** Lets Ctrl-C end a call, but not while the service may be at work for it. */
export interface Hold {
  /** For the client that makes the call. */
  readonly onEvent: (event: ClientEvent) => void;
  /** For the call: aborted by Ctrl-C, unless the call is held. */
  readonly signal: AbortSignal;
  /** Makes the call. Rejects with the signal's reason as soon as it is aborted. */
  run<Value>(call: () => Promise<Value>): Promise<Value>;
}

/**
 * Holds a call from the moment its request is sent until it is answered, because the service has no idempotency key, and
 * the id of a job that was started must not be lost with its answer. Before that moment, and while the client waits to
 * repeat a request of which the service did nothing, Ctrl-C ends the call, and nothing more is sent. A second Ctrl-C ends
 * the program at any moment, and says what is not known then.
 *
 * @param operationId the operation that changes something.
 * @param lookAround commands that show what became of a request whose answer was not waited for.
 */
export function hold(context: Context, operationId: string, lookAround: readonly string[]): Hold {
  const { interruption, log } = context;
  const { signal } = interruption;
  const controller = new AbortController();
  let held = false;
  let wasThrottled = false;
  const looks = lookAround.map((command) => `Look: ${command}`);
  const end = () => controller.abort(wasThrottled ? onlyThrottled(operationId, looks) : nothingDone());
  const interrupted = () => {
    if (held) log.note("Waiting for the answer to the request that is under way. Ctrl-C again to give it up.");
    else end();
  };
  const givenUp = () => {
    if (!held) return;
    const description = {
      exitCode: exitCode.interrupted,
      kind: "InterruptedError",
      message: `${operationId}: given up before the answer came. The service may have done it.`,
      help: looks,
      facts: { operation: operationId },
    };
    printFailure(context, description);
  };
  return {
    signal: controller.signal,
    onEvent(event) {
      if (!("operationId" in event) || event.operationId !== operationId) return;
      if (event.type === "request") held = true;
      if (event.type === "response") wasThrottled ||= event.status === throttled;
      if (event.type !== "retry") return;
      // The client repeats only what was not done: a request that was throttled, or was never sent.
      held = false;
      if (signal.aborted) end();
    },
    async run(call) {
      const takeBack = interruption.lastWords(givenUp);
      signal.addEventListener("abort", interrupted, { once: true });
      const aborted = new Promise<never>((_, reject) => {
        controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
      });
      try {
        if (signal.aborted) interrupted();
        return await Promise.race([aborted, call()]);
      } finally {
        signal.removeEventListener("abort", interrupted);
        takeBack();
      }
    },
  };
}

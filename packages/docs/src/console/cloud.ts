import { createClient, type FullClient } from "@workspace-aps/client";
import * as imageService from "@workspace-aps/client/ims";
import * as operations from "@workspace-aps/client/operations";
import type { FaultEffect } from "@workspace-aps/emulator";
import { inPage } from "../in-page/in-page.ts";
import type { ConsoleWords } from "../words/console.ts";
import type { ConsoleFacts } from "./facts.ts";

/** How many times faster than real time everything in the page goes: an image takes twelve seconds. */
export const speed = 120;

/** One request and its answer, as they were on the wire. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly (readonly [string, string])[];
  readonly requestBody: string;
  /** Undefined when the connection was cut. */
  readonly answer:
    | {
        readonly status: number;
        readonly headers: readonly (readonly [string, string])[];
        readonly body: string;
      }
    | undefined;
}

/** What can be let go wrong with the next call. */
export type FaultName = keyof ConsoleWords["faults"];

function effectOf(fault: FaultName, errors: ConsoleFacts["errors"]): FaultEffect | undefined {
  if (fault === "none") return undefined;
  if (fault === "lost") return { type: "cut", afterWork: true };
  const { status, code, message } = errors[fault];
  if (fault === "failed") return { type: "job", fate: { fail: { code, message } } };
  return { type: "answer", status, body: { error_code: code, error_msg: message } };
}

/** The service in this page, and a client of it. */
export interface Cloud {
  readonly client: FullClient;
  /** Milliseconds since 1970 on the clock that the service and the client share. */
  now(): number;
  /** Told of every exchange. */
  onExchange: (exchange: Exchange) => void;
  /** Lets the next call of an operation go wrong, and no other. */
  letGoWrong(facts: ConsoleFacts, fault: FaultName): void;
}

/** Starts an emulator with the world of the documentation, and a client of it whose exchanges are told. */
export function createCloud(): Cloud {
  const { emulator, clock, clientOptions } = inPage({ speed });
  const cloud: Cloud = {
    client: createClient({
      ...clientOptions,
      operations: { ...operations, ...imageService },
      fetch: async (input, init = {}) => {
        const request = {
          method: init.method ?? "GET",
          url: String(input),
          requestHeaders: [...new Headers(init.headers)],
          requestBody: typeof init.body === "string" ? init.body : "",
        };
        try {
          const response = await emulator.fetch(input, init);
          const { status, headers } = response;
          const answer = { status, headers: [...headers], body: await response.clone().text() };
          cloud.onExchange({ ...request, answer });
          return response;
        } catch (error) {
          cloud.onExchange({ ...request, answer: undefined });
          throw error;
        }
      },
    }),
    now: clock.now,
    onExchange: () => undefined,
    letGoWrong({ operation, errors }, fault) {
      emulator.faults.clear();
      const effect = effectOf(fault, errors);
      if (effect !== undefined) emulator.faults.add({ operation: operation.id, effect });
    },
  };
  return cloud;
}

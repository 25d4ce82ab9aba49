import { accessKey, createClient, type FullClient } from "@workspace-aps/client";
import * as imageService from "@workspace-aps/client/ims";
import * as operations from "@workspace-aps/client/operations";
import { createEmulator, defaultWorld, type FaultEffect } from "@workspace-aps/emulator";
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

/** Starts an emulator with the world of the documentation, and a client with the access key that is in it. */
export function createCloud(): Cloud {
  const [project] = defaultWorld.projects;
  const [key] = defaultWorld.users[0]?.accessKeys ?? [];
  if (project === undefined || key === undefined) throw new Error("The emulator's world is empty.");
  const startMs = Date.now();
  const now = () => Math.floor(startMs + (Date.now() - startMs) * speed);
  const emulator = createEmulator({ realNow: now });
  const cloud: Cloud = {
    client: createClient({
      operations: { ...operations, ...imageService },
      region: project.name,
      projectId: project.id,
      credentials: accessKey({ accessKeyId: key.id, secretAccessKey: key.secret }),
      now,
      sleep: (ms, signal) => sleep(ms / speed, signal),
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
    now,
    onExchange: () => undefined,
    letGoWrong({ operation, errors }, fault) {
      emulator.faults.clear();
      const effect = effectOf(fault, errors);
      if (effect !== undefined) emulator.faults.add({ operation: operation.id, effect });
    },
  };
  return cloud;
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => (signal?.aborted ? reject(signal.reason) : resolve()), ms);
  });
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Round, Took } from "./caller.ts";

/** Client and plain `fetch` compared: how many times as long, and as much processor time. */
export interface Comparison {
  readonly what: string;
  readonly time: number;
  readonly cpu: number;
}

/** Compares calls of the client with calls by hand, in turns, against a server in another process. */
export async function compareCalls(rounds: number, callsPerRound: number): Promise<Comparison[]> {
  const server = fork(join(import.meta.dirname, "answers.ts"));
  const [port] = await once(server, "message");
  const [ours, plain] = ["client", "plain"].map((side) =>
    fork(join(import.meta.dirname, "caller.ts"), [side, `127.0.0.1:${port}`]),
  ) as [ChildProcess, ChildProcess];
  const results: Comparison[] = [];
  const methods = ["GET", "POST"] as const;
  try {
    for (const caller of [ours, plain])
      for (const method of methods) await measure(caller, { method, atOnce: 1, calls: 1 });
    await refuseUnlike(server, methods.length);
    for (const method of methods) {
      for (const atOnce of [1, 50]) {
        const round = { method, atOnce, calls: callsPerRound };
        results.push({ what: `${method}, ${atOnce} at once`, ...(await compare(ours, plain, round, rounds)) });
      }
    }
  } finally {
    for (const child of [ours, plain, server]) child.kill("SIGKILL");
  }
  return results;
}

/** Both sides must send the same, or they cannot be compared. */
async function refuseUnlike(server: ChildProcess, count: number): Promise<void> {
  server.send("kinds");
  const [kinds] = (await once(server, "message")) as [string[]];
  if (kinds.length !== count) throw new Error(`The callers do not send the same:\n${kinds.join("\n")}`);
}

/** The median of the ratios of many pairs of rounds, so that a slow moment of the machine does not decide. */
async function compare(
  ours: ChildProcess,
  plain: ChildProcess,
  round: Round,
  rounds: number,
): Promise<{ time: number; cpu: number }> {
  await measure(ours, round);
  await measure(plain, round);
  const times: number[] = [];
  const cpus: number[] = [];
  for (let number = 0; number < rounds; number++) {
    // Each goes first in every other round.
    const first = await measure(number % 2 === 0 ? ours : plain, round);
    const second = await measure(number % 2 === 0 ? plain : ours, round);
    const [a, b] = number % 2 === 0 ? [first, second] : [second, first];
    times.push(a.ms / b.ms);
    cpus.push(a.cpuMs / b.cpuMs);
  }
  return { time: median(times), cpu: median(cpus) };
}

async function measure(caller: ChildProcess, round: Round): Promise<Took> {
  caller.send(round);
  const [took] = await once(caller, "message");
  return took as Took;
}

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

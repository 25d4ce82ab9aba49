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

const methods = ["GET", "POST"] as const;
/** Calls before anything is measured, so that what is measured has been compiled. */
const warmUpCalls = 15_000;

/**
 * Compares calls of the client with calls by hand, in turns, against a server in another process. A process is quick or slow
 * by chance for as long as it lives, by several percent, and the first that starts is at a disadvantage. So every pair of
 * processes is new, each side starts first in every other pair, and the median over the pairs counts.
 */
export async function compareCalls(pairs: number, rounds: number, callsPerRound: number): Promise<Comparison[]> {
  const results: Comparison[] = [];
  for (const method of methods) {
    for (const atOnce of [1, 50]) {
      const round = { method, atOnce, calls: callsPerRound };
      const found: { time: number; cpu: number }[] = [];
      for (let pair = 0; pair < pairs; pair++) found.push(await comparePair(pair % 2 === 0, round, rounds));
      const time = median(found.map((one) => one.time));
      const cpu = median(found.map((one) => one.cpu));
      results.push({ what: `${method}, ${atOnce} at once`, time, cpu });
    }
  }
  return results;
}

/** The median of the ratios of many rounds of one pair of processes. */
async function comparePair(isOursFirst: boolean, round: Round, rounds: number): Promise<{ time: number; cpu: number }> {
  const server = fork(join(import.meta.dirname, "answers.ts"));
  const [port] = await once(server, "message");
  const start = (side: string) => fork(join(import.meta.dirname, "caller.ts"), [side, `127.0.0.1:${port}`]);
  const callers = isOursFirst ? [start("client"), start("plain")] : [start("plain"), start("client")];
  const [first, second] = callers as [ChildProcess, ChildProcess];
  const times: number[] = [];
  const cpus: number[] = [];
  try {
    for (const caller of callers) await measure(caller, { ...round, atOnce: 1, calls: 1 });
    await refuseUnlike(server);
    for (const caller of callers) await measure(caller, { ...round, calls: warmUpCalls });
    for (let number = 0; number < rounds; number++) {
      const a = await measure(number % 2 === 0 ? first : second, round);
      const b = await measure(number % 2 === 0 ? second : first, round);
      const [ours, plain] = (number % 2 === 0) === isOursFirst ? [a, b] : [b, a];
      times.push(ours.ms / plain.ms);
      cpus.push(ours.cpuMs / plain.cpuMs);
    }
  } finally {
    for (const child of [...callers, server]) child.kill("SIGKILL");
  }
  return { time: median(times), cpu: median(cpus) };
}

/** Both sides must send the same, or they cannot be compared. */
async function refuseUnlike(server: ChildProcess): Promise<void> {
  server.send("kinds");
  const [kinds] = (await once(server, "message")) as [string[]];
  if (kinds.length !== 1) throw new Error(`The callers do not send the same:\n${kinds.join("\n")}`);
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

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Round, type Took, type Way, ways } from "./caller.ts";

/** Processor time of the calls of one way over that of another, and the limit that the client promises. */
export interface Comparison {
  readonly what: string;
  readonly ratio: number;
  readonly limit: number;
}

/** What is compared with what, and how many times the processor time it may take. */
const promises: readonly { readonly of: Way; readonly over: Way; readonly limit: number }[] = [
  { of: "client, nodeFetch", over: "by hand, node:http", limit: 1.6 },
  { of: "client, nodeFetch", over: "by hand, fetch", limit: 0.75 },
  { of: "client, fetch", over: "by hand, fetch", limit: 1.15 },
];

const methods = ["GET", "POST"] as const;
/** Calls before anything is measured, so that what is measured has been compiled. */
const warmUpCalls = 10_000;

/**
 * Compares calls in every way, in turns, against a server in another process. A process is quick or slow by chance for as long
 * as it lives, by several percent, and the first that starts is at a disadvantage. So every set of processes is new, another way
 * starts first in each, and the median over the sets counts.
 */
export async function compareCalls(sets: number, rounds: number, callsPerRound: number): Promise<Comparison[]> {
  const results: Comparison[] = [];
  for (const method of methods) {
    for (const atOnce of [1, 50]) {
      const found: number[][] = [];
      for (let set = 0; set < sets; set++) {
        const order = ways.map((_, index) => ways[(index + set) % ways.length] as Way);
        found.push(await compareSet(order, { method, atOnce, calls: callsPerRound }, rounds));
      }
      for (const [index, { of, over, limit }] of promises.entries()) {
        const ratio = median(found.map((ratios) => ratios[index] as number));
        results.push({ what: `${method}, ${atOnce} at once: ${of} / ${over}`, ratio, limit });
      }
    }
  }
  return results;
}

/** For each promise, the median of the ratios of many rounds of one set of processes. */
async function compareSet(order: readonly Way[], round: Round, rounds: number): Promise<number[]> {
  const server = fork(join(import.meta.dirname, "answers.ts"));
  const [port] = await once(server, "message");
  const callers = new Map<Way, ChildProcess>();
  for (const way of order) callers.set(way, fork(join(import.meta.dirname, "caller.ts"), [way, `127.0.0.1:${port}`]));
  const ratios = promises.map((): number[] => []);
  try {
    for (const caller of callers.values()) await measure(caller, { ...round, atOnce: 1, calls: 1 });
    await refuseUnlike(server);
    for (const caller of callers.values()) await measure(caller, { ...round, calls: warmUpCalls });
    for (let number = 0; number < rounds; number++) {
      const took = new Map<Way, Took>();
      const turns = number % 2 === 0 ? [...callers] : [...callers].reverse();
      for (const [way, caller] of turns) took.set(way, await measure(caller, round));
      const cpu = (way: Way) => took.get(way)?.cpuMs ?? Number.NaN;
      for (const [index, { of, over }] of promises.entries()) ratios[index]?.push(cpu(of) / cpu(over));
    }
  } finally {
    for (const child of [...callers.values(), server]) child.kill("SIGKILL");
  }
  return ratios.map(median);
}

/** All ways must send the same, or they cannot be compared. */
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

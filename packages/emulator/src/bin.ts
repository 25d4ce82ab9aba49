import { existsSync, readFileSync } from "node:fs";
import { createEmulator, type Emulator } from "./emulator.ts";
import { accessLines, accessTo } from "./node/access.ts";
import { type Arguments, readArguments } from "./node/arguments.ts";
import { contractDocuments } from "./node/contract-documents.ts";
import { requestLog } from "./node/log-line.ts";
import { usageOf } from "./node/program-options.ts";
import { type EmulatorServer, serve } from "./node/serve.ts";
import { openStateFile } from "./node/state-file.ts";
import { defaultWorld } from "./world/default-world.ts";
import { unkindWorld } from "./world/unkind-world.ts";
import type { World } from "./world/world.ts";

/** What was typed to start it: a program that starts this one names its own command. */
const command = process.env.APS_EMULATOR_COMMAND ?? "aps-emulator";
let reported = 0;
const given = orFail(() => readArguments(process.argv.slice(2)), "", `\nTry ${command} --help.`);
if (given.show === undefined) await run(given);
else console.log(textOf(given.show, given));

async function run(given: Arguments): Promise<void> {
  const { port, host, log } = given;
  const emulator = emulatorFor(given);
  const { onRequest, onWaiting } = requestLog(log, console.error);
  const server = await serve(emulator, {
    port,
    host,
    onRequest(request) {
      onRequest(request);
      reportViolations(emulator);
    },
    onWaiting,
  }).catch((error: NodeJS.ErrnoException) => {
    const hint = error.code === "EADDRINUSE" ? "; --port 0 picks a free one" : "";
    return fail(`cannot listen on ${host}:${port}: ${error.code ?? error.message}${hint}`);
  });
  if (!isLoopback(host))
    console.error(`warning: ${host} can be reached from other machines, and the keys of the emulator are public`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(server));
  const access = accessTo(server.url, worldFor(given));
  // A program that starts this one is told how to use it, and says so in its own words.
  process.send?.(access);
  const lines = process.send === undefined ? accessLines(access) : [];
  console.log([`aps-emulator listening on ${server.url}`, ...lines].join("\n"));
}

/** The world that it was asked for, with the skew of the command line. */
function worldFor({ world = defaultWorld, skewMs }: Arguments): World {
  return skewMs === undefined ? world : { ...world, clock: { skewMs } };
}

function emulatorFor(given: Arguments): Emulator {
  const { speed, seed, jobs, unkind, stateFile } = given;
  const options = { speed, seed, jobs, unkind, world: worldFor(given), documents: contractDocuments };
  if (stateFile === undefined) return orFail(() => createEmulator(options));
  if (existsSync(stateFile) && given.world !== undefined)
    console.error(`note: goes on from ${stateFile}; of --world, only the users, faults and rules are used`);
  const option = `--state-file ${stateFile}: `;
  const { snapshot, onChange } = orFail(() => openStateFile(stateFile), option);
  const kept = snapshot === undefined ? {} : { snapshot };
  const emulator = orFail(() => createEmulator({ ...options, ...kept, onChange }));
  // Says at once, and not at the first change, that the file cannot be written.
  orFail(() => onChange(emulator.snapshot()), option);
  return emulator;
}

/** A violation is worth a report whatever the log is set to. */
function reportViolations({ violations }: Emulator): void {
  for (; reported < violations.length; reported += 1)
    console.error(`defect of the emulator: this answer breaks the contract: ${JSON.stringify(violations[reported])}`);
  reported = violations.length;
}

/** Ends although a fault may be delaying an answer. */
async function stop(server: EmulatorServer): Promise<void> {
  await server.close();
  process.exit(0);
}

function textOf(what: NonNullable<Arguments["show"]>, given: Arguments): string {
  const { unkind } = given;
  if (what === "help") return usageOf(command);
  if (what === "world")
    return JSON.stringify(unkind === false ? worldFor(given) : unkindWorld(worldFor(given), unkind), null, 2);
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function orFail<T>(work: () => T, before = "", after = ""): T {
  try {
    return work();
  } catch (error) {
    return fail(`${before}${(error as Error).message}${after}`);
  }
}

function fail(message: string): never {
  console.error(`${command}: ${message}`);
  process.exit(2);
}

#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createEmulator } from "./emulator.ts";
import { serve } from "./node/serve.ts";
import { openStateFile } from "./node/state-file.ts";
import type { EmulatorOptions } from "./options.ts";
import { readWorld } from "./world/read-world.ts";
import type { World } from "./world/world.ts";

const usage = `aps-emulator: Workspace Application Streaming images, in memory, on this machine

Usage: aps-emulator [options]

  --port <number>    port to listen on; 0 picks a free one   (default 4010)
  --host <address>   address to listen on                    (default 127.0.0.1)
  --speed <factor>   how much faster than real time jobs run (default 1)
  --jobs <pace>      clock, poll or instant                  (default clock)
  --seed <number>    makes ids repeatable                    (default 1)
  --world <file>     what it starts with, as JSON            (default the world of the documentation)
  --state-file <f>   keeps everything across restarts; holds tokens
  --quiet            no line per request
  --help             this text
`;

const { values } = readArguments();
if (values.help) {
  console.log(usage);
} else {
  const speed = numberOf("speed", values.speed, 0);
  const seed = numberOf("seed", values.seed, 0);
  const world = values.world === undefined ? {} : { world: worldOf(values.world) };
  const kept = values["state-file"] === undefined ? {} : stateOf(values["state-file"]);
  const emulator = createEmulator({ speed, seed, jobs: paceOf(values.jobs), ...world, ...kept });
  const server = await serve(emulator, {
    port: numberOf("port", values.port, 0),
    host: values.host,
    onRequest: values.quiet
      ? () => {}
      : ({ method, path, status, durationMs }) =>
          console.error(`${method} ${path} ${status || "cut"} ${durationMs.toFixed(1)} ms`),
  }).catch((error: NodeJS.ErrnoException) => fail(`cannot listen on ${values.host}:${values.port}: ${error.code}`));
  if (!isLoopback(values.host)) {
    console.error(
      `warning: ${values.host} can be reached from other machines, and the keys of the emulator are public`,
    );
  }
  console.log(`aps-emulator listening on ${server.url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "4010" },
        host: { type: "string", default: "127.0.0.1" },
        speed: { type: "string", default: "1" },
        seed: { type: "string", default: "1" },
        jobs: { type: "string", default: "clock" },
        world: { type: "string" },
        "state-file": { type: "string" },
        quiet: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return fail((error as Error).message);
  }
}

function numberOf(name: string, text: string, least: number): number {
  const value = Number(text);
  return Number.isFinite(value) && value >= least
    ? value
    : fail(`--${name} must be a number from ${least}; given was "${text}"`);
}

function paceOf(text: string): "clock" | "poll" | "instant" {
  if (text === "clock" || text === "poll" || text === "instant") return text;
  return fail(`--jobs must be clock, poll or instant; given was "${text}"`);
}

function worldOf(path: string): World {
  try {
    return readWorld(readFileSync(path, "utf8"));
  } catch (error) {
    return fail(`--world ${path}: ${(error as Error).message}`);
  }
}

function stateOf(path: string): Pick<EmulatorOptions, "snapshot" | "onChange"> {
  try {
    const { snapshot, onChange } = openStateFile(path);
    return snapshot === undefined ? { onChange } : { snapshot, onChange };
  } catch (error) {
    return fail(`--state-file ${path}: ${(error as Error).message}`);
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

function fail(message: string): never {
  console.error(`aps-emulator: ${message}`);
  process.exit(2);
}

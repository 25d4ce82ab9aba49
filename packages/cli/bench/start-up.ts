// How much of the processor the program takes to start, as a ratio to an empty Node process that runs in turn with it on
// this machine. The smaller half of the runs of each counts, because other work on the machine only ever adds time.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rounds = Number(process.argv[2] ?? 20);
const program = join(import.meta.dirname, "..", "dist", "main.js");
const limit = 1.6;
/** Of a command that sends something: it loads the client, and what goes through proxies. */
const sendingLimit = 2.2;
const folder = mkdtempSync(join(tmpdir(), "aps-bench-"));

/** Writes what the process took, in microseconds, when it ends. */
const meter = file(
  "meter.cjs",
  `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  require("node:fs").writeFileSync(process.env.METER, String(user + system));
});`,
);
const nobody = "http://127.0.0.1:9";
const send = ["--endpoint", nobody, "--project-id", "p", "--retries", "0"];

const commands: readonly (readonly [name: string, args: readonly string[], limit?: number])[] = [
  ["empty Node process", [file("empty.mjs", "")]],
  ["new Headers(), nothing else", [file("headers.mjs", "new Headers();")]],
  ["one fetch, nothing else (nobody listens)", [file("fetch.mjs", `await fetch("${nobody}").catch(() => {});`)]],
  ["aps --version", [program, "--version"], limit],
  ["aps --help", [program, "--help"], limit],
  ["aps image --help", [program, "image", "--help"], limit],
  ["aps image create --help", [program, "image", "create", "--help"], limit],
  ["aps policy RecreateServerImage", [program, "policy", "RecreateServerImage"]],
  ["aps image create (refused before sending)", [program, "image", "create", "x", "--region", "ap-southeast-1"]],
  ["aps server list (nobody listens)", [program, "server", "list", ...send], sendingLimit],
];

const times = commands.map((): number[] => []);
const METER = join(folder, "meter");
for (let round = 0; round < rounds; round++) {
  commands.forEach(([, args], index) => {
    const env = { METER, HUAWEICLOUD_SDK_AK: "a", HUAWEICLOUD_SDK_SK: "b", HOME: folder };
    spawnSync(process.execPath, ["--require", meter, ...args], { env });
    times[index]?.push(Number(readFileSync(METER, "utf8")) / 1000);
  });
}
rmSync(folder, { recursive: true });

const typical = times.map((all) => {
  const half = all.sort((a, b) => a - b).slice(0, Math.ceil(all.length / 2));
  return half.reduce((sum, ms) => sum + ms, 0) / half.length;
});
const [base = 1] = typical;
console.log(`Node ${process.versions.node}, processor time`);
commands.forEach(([name, , most], index) => {
  const ratio = (typical[index] ?? 0) / base;
  const verdict = most === undefined ? "" : ratio <= most ? `  within ${most}` : `  MORE THAN ${most}`;
  console.log(`${name.padEnd(44)} ${(typical[index] ?? 0).toFixed(1).padStart(7)} ms  ${ratio.toFixed(2)} x${verdict}`);
  if (most !== undefined && ratio > most) process.exitCode = 1;
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

// How long the program takes to start, as a ratio to an empty Node process that runs in turn with it on this machine.
// The smaller half of the runs of each counts, because other work on the machine only ever adds time.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rounds = Number(process.argv[2] ?? 40);
const program = join(import.meta.dirname, "..", "dist", "main.js");
const limit = 1.6;
/** Of a command that sends something: it loads the client, and what goes through proxies. */
const sendingLimit = 2.2;
const folder = mkdtempSync(join(tmpdir(), "aps-bench-"));
const empty = join(folder, "empty.mjs");
writeFileSync(empty, "");

const commands: readonly (readonly [name: string, args: readonly string[], limit?: number])[] = [
  ["empty Node process", [empty]],
  ["aps --version", [program, "--version"], limit],
  ["aps --help", [program, "--help"], limit],
  ["aps image --help", [program, "image", "--help"], limit],
  ["aps image create --help", [program, "image", "create", "--help"], limit],
  ["aps policy RecreateServerImage", [program, "policy", "RecreateServerImage"]],
  ["aps image create (refused before sending)", [program, "image", "create", "x", "--region", "ap-southeast-1"]],
  [
    "aps server list (nobody listens)",
    [program, "server", "list", "--endpoint", "http://127.0.0.1:9", "--project-id", "p", "--retries", "0"],
    sendingLimit,
  ],
];

const times = commands.map((): number[] => []);
for (let round = 0; round < rounds; round++) {
  commands.forEach(([, args], index) => {
    const startedAt = performance.now();
    spawnSync(process.execPath, args, { env: { HUAWEICLOUD_SDK_AK: "a", HUAWEICLOUD_SDK_SK: "b" } });
    times[index]?.push(performance.now() - startedAt);
  });
}
rmSync(folder, { recursive: true });

const typical = times.map((all) => {
  const half = all.sort((a, b) => a - b).slice(0, Math.ceil(all.length / 2));
  return half.reduce((sum, ms) => sum + ms, 0) / half.length;
});
const [base = 1] = typical;
commands.forEach(([name, , most], index) => {
  const ratio = (typical[index] ?? 0) / base;
  const verdict = most === undefined ? "" : ratio <= most ? `  within ${most}` : `  MORE THAN ${most}`;
  console.log(`${name.padEnd(44)} ${(typical[index] ?? 0).toFixed(1).padStart(7)} ms  ${ratio.toFixed(2)} x${verdict}`);
  if (most !== undefined && ratio > most) process.exitCode = 1;
});

// The main job, end to end, on this machine: build, start the emulator, make one image through the real command line.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { programs } from "./programs.ts";

const root = join(import.meta.dirname, "..");
const server = "25b1dd14-0c84-4558-aa57-03a6c54b8e75";
/** The emulator's own key pair and project. They open nothing but the emulator. */
const account = {
  HUAWEICLOUD_SDK_AK: "APSEMULATORACCESSKEY",
  HUAWEICLOUD_SDK_SK: "aps-emulator-secret-access-key",
  HUAWEICLOUD_SDK_PROJECT_ID: "a4da8115c9d8464ead3a38309130523f",
};

const started = performance.now();
say("1/3  Building the contract, the client, the emulator and the command line");
build();

say("2/3  Starting the emulator");
const emulator = await startEmulator();
try {
  console.error(`     ${emulator.endpoint}, where 23 minutes of work pass in two seconds`);

  const command = ["image", "create", server, "--name", "image_name_0508"];
  command.push("--description", "This is an image recreate desc.", "--wait");
  command.push("--region", "ap-southeast-1", "--endpoint", emulator.endpoint);
  say(`3/3  aps ${command.map(quote).join(" ")}`);
  const { jobId, imageId } = await createImage(command);

  console.log(`\nJob id    ${jobId}`);
  console.log(`Image id  ${imageId}   (${((performance.now() - started) / 1000).toFixed(1)} s in all)`);
  console.log(`
The same in the cloud: leave out --endpoint. The server and the keys are yours, and an image takes some 15 to 30 minutes.

  npm install --global @workspace-aps/cli
  export HUAWEICLOUD_SDK_AK=...  HUAWEICLOUD_SDK_SK=...
  aps image create <server-id> --name image_name_0508 --wait --region ap-southeast-1
`);
} finally {
  emulator.process.kill();
}

function build(): void {
  const args = [programs.turbo, "run", "build", "--filter=@workspace-aps/cli", "--output-logs=errors-only"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
}

async function startEmulator(): Promise<{ endpoint: string; process: ChildProcess }> {
  const bin = join(root, "packages", "emulator", "dist", "bin.js");
  const child = spawn(process.execPath, [bin, "--port", "0", "--speed", "700", "--quiet"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), failOnExit(child)]);
  const endpoint = /http:\/\/\S+/.exec(line)?.[0];
  if (endpoint === undefined) throw new Error(`The emulator did not say where it listens: ${line}`);
  return { endpoint, process: child };
}

async function failOnExit(child: ChildProcess): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`The emulator ended with exit code ${code} before it listened.`);
}

async function createImage(command: readonly string[]): Promise<{ jobId: string; imageId: string }> {
  const aps = join(root, "packages", "cli", "dist", "main.js");
  const child = spawn(process.execPath, [aps, ...command, "--output", "jsonl", "--interval", "500ms"], {
    env: { ...process.env, ...account },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`aps ended with exit code ${code}.`);
  const { job_id: jobId, image_id: imageId } = JSON.parse(output);
  return { jobId, imageId };
}

function quote(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}

function say(line: string): void {
  console.error(`\n${line}`);
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { environmentFor, serverId, start, startTarget } from "./aps.ts";

test("the vendor's example prints the job and then the image, against the emulator as a program", async () => {
  const folder = dirname(createRequire(import.meta.url).resolve("@workspace-aps/emulator"));
  const emulator = spawn(process.execPath, [join(folder, "bin.js"), "--port", "0", "--speed", "400", "--quiet"]);
  try {
    const [line] = await once(createInterface({ input: emulator.stdout }), "line");
    const environment = environmentFor(/http:\S+/.exec(line)?.[0] ?? "");
    const args = ["image", "create", serverId, "--name", "image_name_0508"];
    const run = await start(
      [...args, "--description", "This is an image recreate desc.", "--wait", "--interval", "200ms"],
      environment,
    ).ended;
    expect(run.code).toBe(0);
    expect(run.out).toMatch(
      /^job {4}\d{18}\nimage {2}[0-9a-f]{8}-[0-9a-f-]{27}\nname {3}image_name_0508\ntook {3}23 m 35 s\n$/,
    );
    expect(run.err).toContain("RUNNING");
  } finally {
    emulator.kill();
  }
});

test("with --output json, one document and nothing else is on the standard output", async () => {
  await using target = await startTarget();
  const run = await target.aps(
    "image",
    "create",
    serverId,
    "--name",
    "镜像 0508",
    "--sysprep",
    "--wait",
    "--interval",
    "20ms",
    "-o",
    "json",
  );
  expect(run.code).toBe(0);
  const [image] = imagesOf(target);
  expect(run.json()).toMatchObject({ imageId: image?.id, imageName: "镜像 0508" });
  expect(run.json().jobId).toMatch(/^\d{18}$/);
});

test("without --wait, the job is printed and the way to wait for it", async () => {
  await using target = await startTarget();
  const created = await target.aps("image", "create", serverId, "--name", "office", "-o", "json");
  expect(created.code).toBe(0);
  const { jobId } = created.json();
  const waited = await target.aps("image", "wait", String(jobId), "--interval", "20ms", "--output", "json");
  expect(waited.code).toBe(0);
  expect(waited.json()).toMatchObject({ jobId, imageName: "office" });
});

test("an answer that is lost after the work was done makes no second image", async () => {
  await using target = await startTarget();
  target.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "cut", afterWork: true } });
  const run = await target.aps(
    "image",
    "create",
    serverId,
    "--name",
    "office",
    "--wait",
    "--interval",
    "20ms",
    "-o",
    "json",
  );
  expect([run.code, run.err]).toEqual([0, expect.stringContaining("The answer to the request was lost. Job ")]);
  expect(imagesOf(target)).toHaveLength(1);
});

function imagesOf({ emulator }: Awaited<ReturnType<typeof startTarget>>) {
  return [...emulator.state.projects.values()].flatMap(({ images }) => [...images.values()]);
}

import { mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createEmulator, type Snapshot } from "../src/index.ts";
import { openStateFile } from "../src/node/index.ts";
import { send, start, tokenRequest, world } from "./call.ts";
import { startProgram } from "./program.ts";

const recreate = `/image-servers/${world.serverId}/actions/recreate-image`;
const newFile = async () => join(await mkdtemp(join(tmpdir(), "aps-state-")), "state.json");

describe("--state-file", () => {
  it("loses no acknowledged change when the emulator is killed at any moment", async () => {
    const file = await newFile();
    let emulator = await startProgram("--quiet", "--state-file", file, "--jobs", "instant");
    const token = await emulator.token();
    /** The image of each job that was acknowledged. */
    const acknowledged = new Map<string, string>();
    const imageOf = async (jobId: string) => {
      const job = (await (await emulator.call(`/image-server-jobs/${jobId}`, token)).json()) as {
        sub_jobs: { job_resource_info: { resource_id: string } }[];
      };
      return job.sub_jobs[0]?.job_resource_info.resource_id ?? "";
    };
    const killsAfter = 5;
    for (let round = 0; round < 4; round++) {
      // The kill comes while requests are under way; those that were not acknowledged may be lost.
      let killing: Promise<unknown> | undefined;
      for (let count = 0; count < 1000; count++) {
        if (count === killsAfter) killing = new Promise((resolve) => setTimeout(resolve, round)).then(emulator.kill);
        try {
          const reply = await emulator.call(recreate, token, { name: `image-${round}-${count}` });
          const { job_id: jobId } = (await reply.json()) as { job_id: string };
          acknowledged.set(jobId, await imageOf(jobId));
        } catch {
          break;
        }
      }
      await killing;
      emulator = await startProgram("--quiet", "--state-file", file, "--jobs", "instant");
      for (const [jobId, imageId] of acknowledged) expect(await imageOf(jobId)).toBe(imageId);
    }
    await emulator.kill();
    expect(acknowledged.size).toBeGreaterThanOrEqual(4 * killsAfter);
    expect(new Set(acknowledged.values()).size).toBe(acknowledged.size);
  });

  it("keeps what a mere look has brought about, and what came over /__emulator/", async () => {
    const file = await newFile();
    const first = await startProgram("--quiet", "--state-file", file);
    const token = await first.token();
    const { job_id: jobId } = (await (await first.call(recreate, token, { name: "image" })).json()) as {
      job_id: string;
    };
    await first.admin("clock", { advanceMs: 1_500_000 });
    const look = async (emulator: typeof first) => (await emulator.call(`/image-server-jobs/${jobId}`, token)).json();
    const ended = await look(first);
    expect(ended).toMatchObject({ status: "SUCCESS" });
    await first.kill();

    const second = await startProgram("--quiet", "--state-file", file);
    expect(await look(second)).toEqual(ended);
    await second.admin("reset", {});
    await second.kill();

    const third = await startProgram("--quiet", "--state-file", file);
    const state = (await (await third.admin("state")).json()) as { projects: { jobs: object[] }[] };
    expect(state.projects[0]?.jobs).toEqual([]);
    await third.stop();
  });

  it("is for its owner only, because it holds tokens, but no password and no key", async () => {
    const file = await newFile();
    const emulator = await startProgram("--quiet", "--state-file", file);
    const token = await emulator.token();
    await emulator.stop();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const kept = await readFile(file, "utf8");
    expect(kept).toContain(token);
    for (const secret of [world.user.password, world.key.secret]) expect(kept).not.toContain(secret);
  });

  it("is used by one emulator at a time, and by another when that one has ended or was killed", async () => {
    const file = await newFile();
    const first = await startProgram("--quiet", "--state-file", file);
    expect(() => openStateFile(file)).toThrow(`another emulator uses it; if none does, remove ${file}.lock`);
    await first.kill();
    const second = openStateFile(file);
    await symlink(file, `${file}.link`);
    for (const name of [file, `${file}.link`]) expect(() => openStateFile(name)).toThrow("another emulator uses it");
    await rm(`${file}.link`);
    second.close();
    await (await startProgram("--quiet", "--state-file", file)).stop();
    expect(await readdir(join(file, ".."))).toEqual(["state.json"]);
  });

  it("is left alone as long as its lock is touched from where processes cannot be seen", async () => {
    const file = await newFile();
    await writeFile(`${file}.lock`, JSON.stringify({ pid: process.pid, place: "another machine" }));
    expect(() => openStateFile(file)).toThrow("another emulator uses it");
    const before = new Date(Date.now() - 20_000);
    await utimes(`${file}.lock`, before, before);
    openStateFile(file).close();
  });

  it.each(["", "{", "null", "{}", "[1]"])("refuses a file that holds %j", async (text) => {
    const file = await newFile();
    await writeFile(file, text);
    expect(() => openStateFile(file)).toThrow("The file is not a state that an emulator has kept.");
  });
});

describe("a snapshot", () => {
  it("lets another emulator go on, while time goes on as well", async () => {
    let realMs = Date.UTC(2026, 0, 1);
    const realNow = () => realMs;
    const first = await start({ realNow, speed: 1 });
    const { body } = await first.recreate(world.serverId, "image");
    const snapshot = JSON.parse(JSON.stringify(first.emulator.snapshot())) as Snapshot;

    realMs += 30 * 60_000;
    const second = createEmulator({ realNow, snapshot });
    expect(second.clock.now()).toBe(realMs);
    const path = `/v1/${world.projectId}/image-server-jobs/${body.job_id}`;
    const headers = { "X-Auth-Token": first.token };
    expect((await send(second, "GET", path, { headers })).body).toMatchObject({ status: "SUCCESS" });
    // A token that is made now is valid by the clock of whoever asked for it.
    const made = await send(second, "POST", "/v3/auth/tokens", { body: JSON.stringify(tokenRequest()) });
    expect(Date.parse(made.body.token.expires_at)).toBe(realMs + 24 * 3_600_000);
  });

  it("shares nothing with the emulator that it was taken from", async () => {
    const { emulator, recreate } = await start();
    const snapshot = emulator.snapshot();
    await recreate(world.serverId);
    expect(createEmulator({ snapshot }).state.projects.get(world.projectId)?.servers.get(world.serverId)?.status).toBe(
      "ACTIVE",
    );
  });

  it("of another version is refused", () => {
    const snapshot = { ...createEmulator().snapshot(), version: 1 } as unknown as Snapshot;
    expect(() => createEmulator({ snapshot })).toThrow("The snapshot has version 1; known is version 4.");
  });
});

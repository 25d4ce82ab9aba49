import { describe, expect, it } from "vitest";
import {
  ApiError,
  createImage,
  followImageJob,
  JobFailedError,
  readResumeToken,
  TimeoutError,
  waitForImageJob,
  waitForImageJobs,
} from "../src/index.ts";
import { virtual, world } from "./world.ts";

const image = { serverId: world.serverId, name: "image" };

describe("waitForImageJob", () => {
  it("looks after 10 s and then every 30 s", async () => {
    const { client } = virtual();
    const { jobId } = await createImage(client, image);
    const looks: number[] = [];
    for await (const progress of followImageJob(client, jobId)) looks.push(progress.elapsedMs / 1000);
    expect(looks.slice(0, 3)).toEqual([10, 40, 70]);
    // The build of the vendor's example takes 1,415 s.
    expect(looks.at(-1)).toBe(1420);
  });

  it("survives passing faults, and a state that the contract does not know", async () => {
    const { client, emulator } = virtual();
    const { jobId } = await createImage(client, image);
    emulator.faults.add({ operation: "ShowImageJob", times: 20, effect: { type: "cut", afterWork: false } });
    const strange = { id: jobId, job_type: "CREATE_SERVER_IMAGE", status: "PAUSED" };
    emulator.faults.add({ operation: "ShowImageJob", effect: { type: "answer", status: 200, body: strange } });
    const seen = new Set<string>();
    const made = await waitForImageJob(client, jobId, { onProgress: ({ status }) => seen.add(status) });
    expect(made.imageId).toMatch(/^[0-9a-f-]{36}$/);
    expect([...seen].sort()).toEqual(["PAUSED", "RUNNING", "SUCCESS", "unknown"]);
  });

  it("ends with every sub-job's code when the job failed", async () => {
    const { client, emulator } = virtual();
    const fail = { code: "WKS.00129901", message: "The service is now unavailable" };
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate: { fail } } });
    const { jobId } = await createImage(client, image);
    const error = await waitForImageJob(client, jobId).catch((reason) => reason);
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error.failures).toEqual([expect.objectContaining(fail)]);
    expect(error.message).toContain("WKS.00129901");
  });

  it("gives a token when time runs out, which goes on elsewhere", async () => {
    const { client } = virtual();
    const { jobId } = await createImage(client, image);
    const error = await waitForImageJob(client, jobId, { timeoutMs: 60_000 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.observed).toMatchObject({ jobId, status: "RUNNING" });
    expect(readResumeToken(error.resumeToken)).toEqual({ jobId });
    expect((await waitForImageJob(client, error.resumeToken)).jobId).toBe(jobId);
  });

  it("ends at once when it is aborted, with the signal's reason", async () => {
    const { client } = virtual({
      sleep: (_ms, signal) =>
        new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason))),
    });
    const controller = new AbortController();
    const waiting = waitForImageJob(client, "1", { signal: controller.signal });
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
  });

  it.each([
    [404, "999999999999999999", {}],
    [403, "1", { projectId: "0000" }],
  ])("ends at once with status %s", async (status, jobId, options) => {
    const { client, sent } = virtual(options);
    const error = await waitForImageJob(client, jobId).catch((reason) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error.status).toBe(status);
    expect(sent).toHaveLength(1);
  });
});

describe("waitForImageJobs", () => {
  it("lists the active jobs by the hundred, and looks once at each that has ended", async () => {
    const count = 250;
    const servers = Array.from({ length: count }, (_, index) => ({
      id: `s${index}`,
      projectId: world.projectId,
      name: "s",
    }));
    const { client, sent, emulator } = virtual(
      {},
      { world: { projects: [{ id: world.projectId, name: world.region }], users: virtualUsers(), servers } },
    );
    const jobIds: string[] = [];
    for (const { id } of servers)
      jobIds.push((await client.recreateServerImage({ path: { server_id: id }, body: { name: id } })).job_id);
    sent.length = 0;
    const outcomes = await waitForImageJobs(client, jobIds);
    expect([...outcomes.values()].every(({ result }) => result === "made")).toBe(true);
    expect(outcomes.size).toBe(count);
    const lists = sent.filter((line) => line.endsWith("image-server-jobs")).length;
    const looks = sent.length - lists;
    expect(looks).toBe(count);
    // 49 intervals of at most three pages of running jobs and one page of waiting ones.
    expect(lists).toBeLessThanOrEqual(49 * (Math.ceil(count / 100) + 1));
    expect(emulator.violations).toEqual([]);
  });

  it("says which jobs go on when time runs out", async () => {
    const { client } = virtual();
    const { jobId } = await createImage(client, image);
    const error = await waitForImageJobs(client, [jobId], { timeoutMs: 60_000 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.observed).toEqual({ jobIds: [jobId], outcomes: new Map() });
  });
});

function virtualUsers() {
  const { accessKeyId: id, secretAccessKey: secret } = world.key;
  return [{ name: "emulator", domain: "emulator-domain", accessKeys: [{ id, secret }] }];
}

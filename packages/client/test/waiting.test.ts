import { describe, expect, it } from "vitest";
import {
  ApiError,
  type ClientEvent,
  createClient,
  createImage,
  followImageJob,
  JobFailedError,
  readResumeToken,
  resumeToken,
  TimeoutError,
  ValidationError,
  waitForImageJob,
  waitForImageJobs,
} from "../src/index.ts";
import { slowly, virtual, world } from "./world.ts";

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

  it("gives a look no more time than the wait has left, and 10 s at the end", async () => {
    const times: (number | undefined)[] = [];
    const { client, now } = virtual();
    const watched = {
      ...client,
      showImageJob: (...[args, options]: Parameters<typeof client.showImageJob>) => {
        times.push(options?.totalTimeoutMs);
        return client.showImageJob(args, options);
      },
    };
    const { jobId } = await createImage(client, image);
    const before = now();
    await expect(waitForImageJob(watched, jobId, { timeoutMs: 45_000 })).rejects.toBeInstanceOf(TimeoutError);
    expect(times).toEqual([35_000, 10_000, 10_000]);
    expect(now() - before).toBe(45_000);
  });

  it("ends with the error of a callback that throws, and the job can be waited for again", async () => {
    const { client } = virtual();
    const { jobId } = await createImage(client, image);
    const onProgress = () => {
      throw new Error("The callback failed.");
    };
    await expect(waitForImageJob(client, jobId, { onProgress })).rejects.toThrow("The callback failed.");
    expect((await waitForImageJob(client, jobId)).jobId).toBe(jobId);
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

  const fleet = async (count: number, options: Parameters<typeof virtual>[0] = {}) => {
    const servers = Array.from({ length: count }, (_, index) => ({
      id: `s${index}`,
      projectId: world.projectId,
      name: "s",
    }));
    const made = virtual(options, {
      world: { projects: [{ id: world.projectId, name: world.region }], users: virtualUsers(), servers },
    });
    const jobIds: string[] = [];
    for (const { id } of servers) jobIds.push((await createImage(made.client, { serverId: id, name: id })).jobId);
    made.sent.length = 0;
    return { ...made, jobIds };
  };

  it("takes resume tokens and ids, a job twice or from another project, and tells of every look", async () => {
    const events: ClientEvent[] = [];
    const { client, jobIds } = await fleet(2, { onEvent: (event) => events.push(event) });
    const [first = "", second = ""] = jobIds;
    const jobs = [resumeToken({ jobId: first, projectId: world.projectId }), second, second];
    const outcomes = await waitForImageJobs(client, jobs);
    expect([...outcomes.keys()].sort()).toEqual([...jobIds].sort());
    expect([...outcomes.values()].every(({ result }) => result === "made")).toBe(true);
    const polls = events.filter((event) => event.type === "poll");
    expect(polls).toEqual([
      expect.objectContaining({ status: "SUCCESS" }),
      expect.objectContaining({ status: "SUCCESS" }),
    ]);
  });

  it("waits for the others when one is not shown", async () => {
    const { client, jobIds } = await fleet(2);
    const outcomes = await waitForImageJobs(client, [...jobIds, "999999999999999999", "a/b"]);
    expect(outcomes.get("999999999999999999")).toMatchObject({ result: "failed", error: { status: 404 } });
    expect(outcomes.get("a/b")).toMatchObject({ result: "failed", error: expect.any(ValidationError) });
    for (const jobId of jobIds) expect(outcomes.get(jobId)?.result).toBe("made");
  });

  it("survives passing faults of lists and looks", async () => {
    const { client, emulator, jobIds } = await fleet(3);
    const fault = { times: 12, effect: { type: "answer", status: 503, body: {} } } as const;
    for (const operation of ["ListImageJobs", "ShowImageJob"]) emulator.faults.add({ operation, ...fault });
    const outcomes = await waitForImageJobs(client, jobIds);
    expect([...outcomes.values()].every(({ result }) => result === "made")).toBe(true);
  });

  it("takes no job for failed because the credentials are refused", async () => {
    const { client, emulator, jobIds } = await fleet(3);
    const effect = { type: "answer", status: 401, body: { error_code: "APIGW.0305", error_msg: "no" } } as const;
    emulator.faults.add({ operation: "ShowImageJob", effect });
    await expect(waitForImageJobs(client, jobIds)).rejects.toMatchObject({ status: 401 });
  });

  it("looks at no further job once a callback has thrown", async () => {
    const { client, jobIds, sent } = await fleet(50);
    const onOutcome = () => {
      throw new Error("The callback failed.");
    };
    await expect(waitForImageJobs(client, jobIds, { onOutcome })).rejects.toThrow("The callback failed.");
    const looks = () => sent.filter((line) => /image-server-jobs\/./.test(line)).length;
    const before = looks();
    expect(before).toBeLessThanOrEqual(10);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(looks()).toBe(before);
  });

  it("keeps how jobs ended that ended before time ran out", async () => {
    const { client, emulator, jobIds } = await fleet(2);
    const [slow = "", quick = ""] = jobIds;
    const running = { id: slow, job_type: "CREATE_SERVER_IMAGE", status: "PAUSED" };
    const isSlow: typeof fetch = (input, init) =>
      String(input).endsWith(slow) ? Promise.resolve(Response.json(running)) : emulator.fetch(input as string, init);
    const other = createClient({ ...client.settings, fetch: isSlow as typeof fetch });
    const error = await waitForImageJobs(other, jobIds).catch((reason) => reason);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.observed.jobIds).toEqual([slow]);
    expect(error.observed.outcomes.get(quick)).toMatchObject({ result: "made" });
  });

  it("gives lists and looks together no more time than the wait has left, and 10 s at the end", async () => {
    const { client, jobIds, now, pass } = await fleet(150);
    const { ends, slow } = slowly({ now, pass });
    const watched = { ...client, listImageJobs: slow(client.listImageJobs), showImageJob: slow(client.showImageJob) };
    const deadline = now() + 60_000;
    const jobs = [...jobIds, "999999999999999999"];
    await expect(waitForImageJobs(watched, jobs, { timeoutMs: 60_000 })).rejects.toBeInstanceOf(TimeoutError);
    expect(ends.length).toBeGreaterThan(6);
    expect(Math.max(...ends)).toBeLessThanOrEqual(deadline + 10_000);
    expect(now()).toBeLessThanOrEqual(deadline + 10_000 + 4_000);
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

import { describe, expect, it } from "vitest";
import {
  ApiError,
  accessKey,
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
    const { projectId } = world;
    expect(readResumeToken(error.resumeToken)).toEqual({ jobId, projectId, endpoint: client.settings.endpoint });
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
    [404, "999999999999999999", {}, 11, "."],
    [403, "1", { projectId: "0000" }, 1, ", and the work goes on"],
    [401, "1", { credentials: accessKey({ ...world.key, secretAccessKey: "wrong" }) }, 1, ", and the work goes on"],
  ])(
    "ends with status %s, and says whether the job goes on, and how to wait on",
    async (status, jobId, options, looks, rest) => {
      const { client, sent } = virtual(options);
      const error = await waitForImageJob(client, jobId).catch((reason) => reason);
      expect(error).toBeInstanceOf(ApiError);
      expect(error.status).toBe(status);
      expect(error.message).toContain(`The wait for job ${jobId} has ended${rest}`);
      expect(readResumeToken(error.resumeToken)).toMatchObject({ jobId, endpoint: client.settings.endpoint });
      // A job that was started just now is not found at first: that is looked at again for 5 minutes.
      expect(sent).toHaveLength(looks);
    },
  );

  it("goes on when a job that was started just now is not found yet", async () => {
    const { client, emulator } = virtual();
    const { jobId } = await createImage(client, image);
    const body = { error_code: "WKS.00211902", error_msg: "no" };
    const add = () =>
      emulator.faults.add({ operation: "ShowImageJob", times: 4, effect: { type: "answer", status: 404, body } });
    add();
    expect((await waitForImageJob(client, jobId)).jobId).toBe(jobId);
    add();
    expect((await waitForImageJobs(client, [jobId])).get(jobId)).toMatchObject({ result: "made" });
  });

  it.each([
    ["a redirect", { status: 302, headers: { Location: "http://portal.test/" } }],
    ["a proxy that asks for a login", { status: 407, body: "<html>" }],
    ["a page of a firewall", { status: 403, body: "<html>blocked" }],
    ["a page of an ingress", { status: 404, body: "default backend" }],
    ["a page of a portal", { status: 511, body: "<html>" }],
  ])("goes on after %s", async (_what, answer) => {
    const { client, emulator } = virtual();
    const { jobId } = await createImage(client, image);
    emulator.faults.add({ operation: "ShowImageJob", times: 4, effect: { type: "answer", ...answer } });
    expect((await waitForImageJob(client, jobId)).jobId).toBe(jobId);
  });

  it("goes on while a proxy wants a login, or shows a certificate of its own, where it let requests through before", async () => {
    const made = virtual();
    const failure = Object.assign(new TypeError("the proxy asks for a login"), { wasSent: false, isLasting: true });
    let failures = 0;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (failures-- > 0) throw failure;
      return made.emulator.fetch(input as string, init);
    };
    const { client } = virtual({ ...made.client.settings, fetch });
    const { jobId } = await createImage(client, image);
    failures = 30;
    expect((await waitForImageJob(client, jobId)).jobId).toBe(jobId);
    // Nothing was ever let through: somebody has to mend it first.
    failures = 1;
    const other = virtual({ ...made.client.settings, fetch }).client;
    await expect(waitForImageJob(other, jobId)).rejects.toThrow(/asks for a login.*wait for it again by its id/);
    expect(failures).toBe(0);
  });

  it("looks again at a success that does not name its image yet, and says so when it never does", async () => {
    const { client, emulator } = virtual();
    const { jobId } = await createImage(client, image);
    const body = { id: jobId, job_type: "CREATE_SERVER_IMAGE", status: "SUCCESS" };
    const unnamed = { operation: "ShowImageJob", effect: { type: "answer", status: 200, body } } as const;
    emulator.faults.add({ ...unnamed, times: 3 });
    expect((await waitForImageJob(client, jobId)).jobId).toBe(jobId);
    emulator.faults.add({ ...unnamed, times: 99 });
    await expect(waitForImageJob(client, jobId)).rejects.toThrow(/names no image\. .*wait for it again by its id/);
    const outcomes = await waitForImageJobs(client, [jobId]);
    expect(outcomes.get(jobId)).toMatchObject({
      result: "failed",
      error: { message: expect.stringContaining("names no image") },
    });
    emulator.faults.clear();
    expect((await waitForImageJobs(client, [jobId])).get(jobId)?.result).toBe("made");
  });

  it("refuses a token of another endpoint or project before anything is sent", async () => {
    const { client, sent } = virtual();
    const { endpoint } = client.settings;
    for (const elsewhere of [{ endpoint: "https://other.test" }, { endpoint, projectId: "0000" }]) {
      const token = resumeToken({ jobId: "1", ...elsewhere });
      await expect(waitForImageJob(client, token)).rejects.toBeInstanceOf(ValidationError);
      await expect(waitForImageJobs(client, [token])).rejects.toBeInstanceOf(ValidationError);
    }
    expect(sent).toEqual([]);
    expect(readResumeToken("apsjob1.42.0000")).toEqual({ jobId: "42", projectId: "0000" });
  });

  it("has time for another look after the machine has slept, also when the network comes later", async () => {
    const made = virtual();
    const { jobId } = await createImage(made.client, image);
    let isAsleep = true;
    const { client } = virtual({
      ...made.client.settings,
      sleep: async (ms) => {
        made.pass(isAsleep ? 8 * 3_600_000 : ms);
        if (isAsleep)
          made.emulator.faults.add({ operation: "ShowImageJob", times: 5, effect: { type: "cut", afterWork: false } });
        isAsleep = false;
      },
    });
    expect((await waitForImageJob(client, jobId)).jobId).toBe(jobId);
  });

  it("keeps its limits when somebody sets the clock back", async () => {
    let hoursBack = 0;
    const made = virtual();
    const { client } = virtual({
      ...made.client.settings,
      now: () => made.now() - hoursBack * 3_600_000,
      monotonicNow: made.now,
    });
    const { jobId } = await createImage(client, image);
    const before = made.now();
    hoursBack = 1;
    await expect(waitForImageJob(client, jobId, { timeoutMs: 60_000 })).rejects.toBeInstanceOf(TimeoutError);
    expect(made.now() - before).toBe(60_000);
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
    const { client, jobIds } = await fleet(3, { onEvent: (event) => events.push(event) });
    const [first = "", second = "", third = ""] = jobIds;
    const jobs = [resumeToken({ jobId: first, projectId: world.projectId }), second, second, third];
    const outcomes = await waitForImageJobs(client, jobs);
    expect([...outcomes.keys()].sort()).toEqual([...jobIds].sort());
    expect([...outcomes.values()].every(({ result }) => result === "made")).toBe(true);
    const polls = events.filter((event) => event.type === "poll");
    for (const jobId of jobIds) {
      const own = polls.filter((event) => event.jobId === jobId);
      expect(own.slice(0, 3).map(({ elapsedMs }) => elapsedMs / 1000)).toEqual([10, 40, 70]);
      expect(own.map(({ status }) => status).filter((status) => status !== "RUNNING")).toEqual(["SUCCESS"]);
    }
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

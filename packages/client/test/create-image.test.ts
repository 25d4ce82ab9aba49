import { defaultWorld } from "@workspace-aps/emulator";
import { describe, expect, it } from "vitest";
import {
  AmbiguousOutcomeError,
  ApiError,
  ConnectionError,
  createImage,
  TimeoutError,
  waitForImageJob,
} from "../src/index.ts";
import { slowly, virtual, world } from "./world.ts";

const image = { serverId: world.serverId, name: "image" };
const recreate = "RecreateServerImage";
const lost = { type: "cut", afterWork: true } as const;
const notDone = { type: "cut", afterWork: false } as const;

type Virtual = ReturnType<typeof virtual>;

function jobsOf({ emulator }: Virtual): string[] {
  return [...(emulator.state.projects.get(world.projectId)?.jobs.keys() ?? [])];
}

function requestsOf({ sent }: Virtual): number {
  return sent.filter((line) => line.endsWith("recreate-image")).length;
}

describe("an answer that leaves it open whether the work was done", () => {
  it.each([200, 201, 301, 302, 303, 408, 500, 501, 502, 503, 504])(
    "with status %s: the job is found, not started again",
    async (status) => {
      const made = virtual();
      made.emulator.faults.add({
        operation: recreate,
        effect: { type: "answer", status, body: "<html>", afterWork: true },
      });
      const { jobId } = await createImage(made.client, image);
      expect(jobsOf(made)).toEqual([jobId]);
      expect(requestsOf(made)).toBe(1);
    },
  );

  it.each([
    ["no id", {}],
    ["an empty id", { job_id: "" }],
    ["an id that is no text", { job_id: { id: "1" } }],
    ["an id that no path can carry", { job_id: "a/b" }],
    ["an id of 129 characters", { job_id: "1".repeat(129) }],
    ["a list", []],
  ])("a success with %s: the job is found", async (_what, body) => {
    const made = virtual();
    made.emulator.faults.add({ operation: recreate, effect: { type: "answer", status: 200, body, afterWork: true } });
    const { jobId } = await createImage(made.client, image);
    expect(jobsOf(made)).toEqual([jobId]);
  });
});

describe("a request that something on the way sends twice", () => {
  it.each([
    ["second", 400],
    ["first", 200],
  ] as const)("is one image, whose job is found, with the %s answer", async (answer, status) => {
    const made = virtual();
    made.emulator.faults.add({ operation: recreate, effect: { type: "replay", answer } });
    const { jobId } = await createImage(made.client, image);
    expect(made.emulator.requests.find(({ operationId }) => operationId === recreate)).toMatchObject({ status });
    expect(jobsOf(made)).toEqual([jobId]);
    expect(requestsOf(made)).toBe(1);
  });

  it("is not said to be refused while the server seems to be at the image before, which has just ended", async () => {
    const made = virtual();
    await waitForImageJob(made.client, (await createImage(made.client, { ...image, name: "earlier" })).jobId);
    for (const operation of ["ShowImageServer", "ListImageSubJobs"])
      made.emulator.faults.add({ operation, effect: { type: "lag", ms: 120_000 } });
    made.emulator.faults.add({ operation: recreate, effect: { type: "replay", answer: "second" } });
    const error = await createImage(made.client, image).catch((reason) => reason);
    expect(error).toBeInstanceOf(AmbiguousOutcomeError);
    expect(jobsOf(made)).toEqual([expect.any(String), ...error.outcome.candidateJobIds]);
  });

  it.each([
    ["throttled to the end", [[429, 99, {}]]],
    ["throttled for longer than there is time", [[429, 1, { "Retry-After": "9999" }]]],
    [
      "throttled once, and then refused",
      [
        [429, 1, {}],
        [403, 1, {}],
      ],
    ],
  ] as const)("is one image, whose job is found, when the second is %s", async (_what, answers) => {
    const made = virtual();
    for (const [status, times, headers] of answers) {
      const effect = { type: "answer", status, headers, body: {}, afterWork: true } as const;
      made.emulator.faults.add({ operation: recreate, times, effect });
    }
    const { jobId } = await createImage(made.client, image);
    expect(jobsOf(made)).toEqual([jobId]);
  });
});

describe("an answer that says that the work was not done", () => {
  it.each([307, 308, 401, 403, 404, 405, 413, 421])("with status %s is told at once", async (status) => {
    const made = virtual();
    made.emulator.faults.add({ operation: recreate, effect: { type: "answer", status, body: {} } });
    const error = await createImage(made.client, image).catch((reason) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status, operationId: recreate });
    expect(requestsOf(made)).toBe(1);
    expect(made.sent).toHaveLength(2);
  });

  it.each([400, 409])("with status %s is told once it is certain that it was not sent twice", async (status) => {
    const made = virtual();
    made.emulator.faults.add({ operation: recreate, effect: { type: "answer", status, body: {} } });
    await expect(createImage(made.client, image)).rejects.toMatchObject({ status, operationId: recreate });
    expect(requestsOf(made)).toBe(1);
  });

  it("with a server that was busy before is told once the service has had time to show what it does", async () => {
    const made = virtual();
    await createImage(made.client, { ...image, name: "earlier" });
    made.pass(60_000);
    const before = made.now();
    await expect(createImage(made.client, image)).rejects.toMatchObject({ status: 400 });
    expect(made.now() - before).toBeLessThanOrEqual(170_000);
    expect(requestsOf(made)).toBe(2);
  });

  it("throttling, to the end, is told once it is certain that it started nothing", async () => {
    const made = virtual();
    made.emulator.faults.add({ operation: recreate, times: 99, effect: { type: "answer", status: 429, body: {} } });
    await expect(createImage(made.client, image)).rejects.toMatchObject({ status: 429 });
    expect(jobsOf(made)).toEqual([]);
  });

  it("a failure to look up the project is told: the request was not sent", async () => {
    const made = virtual({ projectId: undefined });
    const effect = { type: "answer", status: 503, body: {} } as const;
    made.emulator.faults.add({ operation: "KeystoneListProjects", times: 99, effect });
    const error = await createImage(made.client, image).catch((reason) => reason);
    expect(error).toMatchObject({ status: 503, operationId: "KeystoneListProjects" });
    expect(requestsOf(made)).toBe(0);
  });
});

describe("a request that was lost before its work", () => {
  it("is sent again once that is certain, and not for ever", async () => {
    const made = virtual();
    made.emulator.faults.add({ operation: recreate, times: 2, effect: notDone });
    expect((await createImage(made.client, image)).jobId).toMatch(/^\d{18}$/);
    expect(requestsOf(made)).toBe(3);

    made.emulator.reset();
    made.emulator.faults.add({ operation: recreate, times: 99, effect: notDone });
    // Nothing was started, and the error does not claim to be in doubt.
    await expect(createImage(made.client, image)).rejects.toBeInstanceOf(ConnectionError);
    expect(jobsOf(made)).toEqual([]);
  });

  it("is not sent again when no time would be left to find out about it", async () => {
    const made = virtual();
    const before = made.now();
    made.emulator.faults.add({ operation: recreate, times: 99, effect: notDone });
    const call = createImage(made.client, { ...image, totalTimeoutMs: 300_000 });
    await expect(call).rejects.toBeInstanceOf(ConnectionError);
    expect(made.now() - before).toBeLessThanOrEqual(300_000);
    expect(requestsOf(made)).toBe(1);
  });

  it("stays in doubt after its time, until the gateway has let go of it and the service has shown its work", async () => {
    const made = virtual();
    const before = made.now();
    made.emulator.faults.add({ operation: recreate, times: 99, effect: notDone });
    const call = createImage(made.client, { ...image, totalTimeoutMs: 50_000 });
    await expect(call).rejects.toBeInstanceOf(AmbiguousOutcomeError);
    expect(made.now() - before).toBeLessThanOrEqual(60_000);
    expect(requestsOf(made)).toBe(1);
  });

  it("is not taken for lost by what was not seen in an outage, which may have held it back too", async () => {
    const until = 170_000;
    const made = virtual({
      maxAttempts: 1,
      onEvent: (event) => event.type === "search" && event.elapsedMs >= until && made.emulator.faults.clear(),
    });
    const { emulator } = made;
    emulator.faults.add({ operation: recreate, effect: { ...notDone, workAfterMs: until + 20_000 } });
    emulator.faults.add({ operation: "ListImageSubJobs", probability: 1, effect: notDone });
    const { jobId } = await createImage(made.client, image);
    expect(jobsOf(made)).toEqual([jobId]);
    expect(requestsOf(made)).toBe(1);
  });

  it.each([
    ["from the first look on", 1],
    ["after some that showed nothing", 4],
  ])("is found after minutes in which looks are throttled, %s", async (_when, from) => {
    const untilMs = 420_000;
    const told: number[] = [];
    const made = virtual({
      onEvent: ({ type }) => type === "retry" && made.now() - startMs >= untilMs && made.emulator.faults.clear(),
    });
    const startMs = made.now();
    const { emulator } = made;
    emulator.faults.add({ operation: recreate, effect: { ...notDone, workAfterMs: untilMs } });
    const throttled = { type: "answer", status: 429, body: {} } as const;
    emulator.faults.add({ operation: "ListImageSubJobs", from, times: 9_999, effect: throttled });
    const { jobId } = await createImage(made.client, { ...image, onThrottled: (delayMs) => told.push(delayMs) });
    expect(jobsOf(made)).toEqual([jobId]);
    expect([requestsOf(made), told.length > 0]).toEqual([1, true]);
  });

  it("that starts late after all, so that the next one is refused, is found", async () => {
    const made = virtual();
    const { client, emulator } = made;
    emulator.faults.add({ operation: recreate, effect: notDone });
    const { recreateServerImage } = client;
    let calls = 0;
    const late = {
      ...client,
      recreateServerImage: async (...args: Parameters<typeof recreateServerImage>) => {
        calls += 1;
        // The first request is carried out when nobody expects it any more.
        if (calls === 2) await recreateServerImage(args[0]);
        return recreateServerImage(...args);
      },
    };
    const { jobId } = await createImage(late, image);
    expect(jobsOf(made)).toEqual([jobId]);
  });
});

describe("the time for everything", () => {
  it("ends a search that finds nothing out, with all that is known", async () => {
    const made = virtual();
    const before = made.now();
    made.emulator.faults.add({ operation: recreate, effect: lost });
    made.emulator.faults.add({
      operation: "ListImageSubJobs",
      times: 9999,
      effect: { type: "answer", status: 503, body: {} },
    });
    const error = await createImage(made.client, { ...image, totalTimeoutMs: 120_000 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(AmbiguousOutcomeError);
    expect(error.message).toMatch(/ListImageSubJobs: refused with status 503/);
    expect(error.outcome).toMatchObject({ name: "image", candidateJobIds: [], lookError: { status: 503 } });
    expect(made.now() - before).toBeGreaterThan(100_000);
    expect(made.now() - before).toBeLessThanOrEqual(130_000);
  });

  it("is shared by all that a search sends, with 10 s at the end", async () => {
    const made = virtual();
    const { client, now } = made;
    const { ends, slow } = slowly(made);
    const watched = {
      ...client,
      showImageServer: slow(client.showImageServer),
      listImageSubJobs: slow(client.listImageSubJobs),
    };
    made.emulator.faults.add({ operation: recreate, effect: lost });
    const effect = { type: "answer", status: 503, body: {} } as const;
    made.emulator.faults.add({ operation: "ListImageSubJobs", times: 9999, effect });
    const deadline = now() + 60_000;
    const error = await createImage(watched, { ...image, totalTimeoutMs: 60_000 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(AmbiguousOutcomeError);
    expect(Math.max(...ends)).toBeLessThanOrEqual(deadline + 10_000);
  });

  it.each([
    ["failure", { status: 503, body: {} }, 100],
    ["a portal's redirects", { status: 302, headers: { Location: "http://portal.test/" } }, 20],
    ["a proxy that wants a login", { status: 407, body: "<html>" }, 20],
    ["a firewall's pages", { status: 403, body: "<html>blocked" }, 20],
  ])("is enough by default to get over minutes of %s", async (_what, answer, times) => {
    const made = virtual();
    made.emulator.faults.add({ operation: recreate, effect: lost });
    made.emulator.faults.add({ operation: "ListImageSubJobs", times, effect: { type: "answer", ...answer } });
    const { jobId } = await createImage(made.client, image);
    expect(jobsOf(made)).toEqual([jobId]);
  });

  it.each([-1, 1])(
    "is kept when somebody sets the clock by %s hours meanwhile, and nothing is settled by that",
    async (hours) => {
      const made = virtual();
      let setMs = 0;
      const { client } = virtual({
        ...made.client.settings,
        now: () => made.now() + setMs,
        monotonicNow: made.now,
        onEvent: ({ type }) => {
          if (type === "search") setMs = hours * 3_600_000;
        },
      });
      made.emulator.faults.add({ operation: recreate, effect: { ...notDone, workAfterMs: 20_000 } });
      const { jobId } = await createImage(client, image);
      expect(jobsOf(made)).toEqual([jobId]);
      made.emulator.reset();
      setMs = 0;
      made.emulator.faults.add({ operation: recreate, times: 99, effect: notDone });
      await expect(createImage(client, image)).rejects.toBeInstanceOf(ConnectionError);
      // As often as there is time for.
      expect(made.emulator.faults.list()).toMatchObject([{ left: 99 - 3 }]);
    },
  );

  it("bounds the request itself", async () => {
    const { fetch } = virtual().emulator;
    const hangs: typeof fetch = (input, init) =>
      String(input).endsWith("recreate-image") ? new Promise(() => {}) : fetch(input, init);
    const { client } = virtual({ fetch: hangs as typeof globalThis.fetch });
    const error = await createImage(client, { ...image, totalTimeoutMs: 20 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(AmbiguousOutcomeError);
    expect(error.cause).toBeInstanceOf(TimeoutError);
    expect(error.cause).toMatchObject({ timeoutMs: 20, operationId: recreate });
  });
});

describe("a search that is not allowed", () => {
  it("ends at once, and says what it may not do", async () => {
    const made = virtual();
    made.emulator.faults.add({ operation: recreate, effect: lost });
    made.emulator.faults.add({
      operation: "ListImageSubJobs",
      times: 9,
      effect: { type: "answer", status: 403, body: { error_code: "WKS.00081102", error_msg: "no" } },
    });
    const before = made.now();
    const error = await createImage(made.client, image).catch((reason) => reason);
    expect(error).toBeInstanceOf(AmbiguousOutcomeError);
    expect(error.message).toMatch(/needs the permission workspace:imageServer:listImageSubJobs/);
    expect(made.now() - before).toBeLessThan(1_000);
  });
});

describe("images that are made side by side", () => {
  const servers = ["one", "two"].map((id) => ({ id, projectId: world.projectId, name: id }));

  it("of one server and name: they share the job", async () => {
    const made = virtual();
    const results = await Promise.all([createImage(made.client, image), createImage(made.client, image)]);
    expect(jobsOf(made)).toEqual([...new Set(results.map(({ jobId }) => jobId))]);
  });

  it("of one server with other names: the second is refused", async () => {
    const made = virtual();
    const other = { ...image, name: "other" };
    const results = await Promise.allSettled([createImage(made.client, image), createImage(made.client, other)]);
    expect(results).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { status: 400 } }]);
    expect(jobsOf(made)).toHaveLength(1);
  });

  it("of one server, with both answers lost: one image, and nobody is given a job that is not there", async () => {
    const made = virtual();
    made.emulator.faults.add({ operation: recreate, times: 2, effect: lost });
    const results = await Promise.allSettled([createImage(made.client, image), createImage(made.client, image)]);
    const [jobId, ...more] = jobsOf(made);
    expect(more).toEqual([]);
    for (const result of results) if (result.status === "fulfilled") expect(result.value.jobId).toBe(jobId);
  });

  it("of two servers with one name, one answer lost: neither is given the other's job", async () => {
    const made = virtual({}, { world: { ...defaultWorld, servers } });
    const other = await createImage(made.client, { serverId: "two", name: "image" });
    made.emulator.faults.add({ operation: recreate, effect: lost });
    const error = await createImage(made.client, { serverId: "one", name: "image" }).catch((reason) => reason);
    // Both run, and no answer of the service tells them apart.
    expect(error).toBeInstanceOf(AmbiguousOutcomeError);
    expect(error.outcome.candidateJobIds.sort()).toEqual(jobsOf(made).sort());
    expect(jobsOf(made)).toContain(other.jobId);
  });

  it("of two servers with one name, one request lost: it is sent again", async () => {
    const made = virtual({}, { world: { ...defaultWorld, servers } });
    const other = await createImage(made.client, { serverId: "two", name: "image" });
    made.pass(60_000);
    made.emulator.faults.add({ operation: recreate, effect: notDone });
    const { jobId } = await createImage(made.client, { serverId: "one", name: "image" });
    expect(jobsOf(made).sort()).toEqual([other.jobId, jobId].sort());
  });
});

describe("a callback that throws", () => {
  const fail = () => {
    throw new Error("The callback failed.");
  };
  // A rejection that nobody takes ends a process, and fails this test.
  const failLater = () => Promise.reject(new Error("The callback failed."));

  it.each([
    ["onEvent", { onEvent: fail }, {}],
    ["onResponse", {}, { onResponse: fail }],
    ["an asynchronous onEvent", { onEvent: failLater }, {}],
    ["an asynchronous onResponse", {}, { onResponse: failLater }],
  ])("%s does not make a call fail that has started an image", async (_what, client, call) => {
    const made = virtual(client);
    const { jobId } = await createImage(made.client, { ...image, ...call });
    expect(jobsOf(made)).toEqual([jobId]);
  });
});

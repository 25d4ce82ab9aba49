import { defaultWorld, type EmulatorOptions } from "@workspace-aps/emulator";
import { describe, expect, it } from "vitest";
import {
  type ClientEvent,
  type ClientOptions,
  createImage,
  createImages,
  password,
  waitForImageJob,
  waitForImageJobs,
} from "../src/index.ts";
import { virtual, world } from "./world.ts";

const image = { serverId: world.serverId, name: "office" };
const longestMs = 10_000;
const cut = { type: "cut", afterWork: false } as const;
const asksForLong = { type: "answer", status: 503, headers: { "Retry-After": "25" }, body: {} } as const;

/** A client whose waits are watched: each that is longer than 10 s, with what was told before, unless that told how long. */
function watched(options: Partial<ClientOptions> = {}, emulatorOptions: EmulatorOptions = {}) {
  const silent: unknown[] = [];
  let waits = 0;
  let last: ClientEvent | undefined;
  const made = virtual(
    {
      ...options,
      onEvent: (event) => {
        last = event;
      },
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        waits += 1;
        const toldMs = last !== undefined && "delayMs" in last ? last.delayMs : 0;
        if (ms > Math.max(longestMs, toldMs)) silent.push([ms, last]);
        made.pass(ms);
      },
    },
    emulatorOptions,
  );
  return { ...made, silent, waits: () => waits };
}

describe.each([
  ["connections break", cut, 20],
  ["the service asks for half a minute", asksForLong, 5],
])("in an outage in which %s", (_what, effect, times) => {
  it("whoever waits for a lost request hears something every 10 s, or how long it takes", async () => {
    const { client, emulator, silent, waits } = watched();
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "cut", afterWork: true } });
    for (const operation of ["ListImageSubJobs", "ShowImageServer"])
      emulator.faults.add({ operation, from: 2, times, effect });
    await createImage(client, image);
    expect(waits()).toBeGreaterThan(times / 2);
    expect(silent).toEqual([]);
  });

  it("whoever waits for a job hears something every 10 s, or how long it takes", async () => {
    const { client, emulator, silent, waits } = watched();
    const { jobId } = await createImage(client, image);
    emulator.faults.add({ operation: "ShowImageJob", from: 3, times, effect });
    await waitForImageJob(client, jobId);
    expect(waits()).toBeGreaterThan(40);
    expect(silent).toEqual([]);
  });

  it("so does who waits for many jobs, of which only a list tells", async () => {
    const servers = ["a", "b", "c"].map((id) => ({ id, projectId: world.projectId, name: id }));
    const { client, emulator, silent, waits } = watched({}, { world: { ...defaultWorld, servers } });
    const jobIds: string[] = [];
    for (const { id } of servers) jobIds.push((await createImage(client, { serverId: id, name: id })).jobId);
    emulator.faults.add({ operation: "ListImageJobs", from: 3, times, effect });
    await waitForImageJobs(client, jobIds, { firstLookMs: 5_000 });
    expect(waits()).toBeGreaterThan(40);
    expect(silent).toEqual([]);
  });

  it("so does who waits for a token of IAM", async () => {
    const { client, emulator, silent, waits } = watched({ credentials: password(world.user) });
    emulator.faults.add({ operation: "KeystoneCreateUserTokenByPassword", times: 3, effect });
    await createImage(client, image);
    expect(waits()).toBeGreaterThanOrEqual(3);
    expect(silent).toEqual([]);
  });
});

it("in a fleet that is throttled for minutes, whoever waits hears how long it takes", async () => {
  const { client, emulator, silent, waits } = watched();
  const effect = { type: "answer", status: 429, headers: { "Retry-After": "60" }, body: {} } as const;
  emulator.faults.add({ operation: "RecreateServerImage", times: 15, effect });
  expect((await createImages(client, [image])).allMade).toBe(true);
  expect(waits()).toBeGreaterThan(60);
  expect(silent).toEqual([]);
});

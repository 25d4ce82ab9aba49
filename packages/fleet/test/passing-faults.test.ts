import { expect, it } from "vitest";
import { fleetOrSkip } from "./fleet-or-skip.ts";
import { makeAll, quickPace } from "./make-all.ts";
import { worldOf } from "./world.ts";

const servers = { 1: ["cut", "portal", "proxy", "gone", "named", "locked"] };
const { emulator, image, clientOf, posts } = worldOf({ servers, speed: 500, jobs: "poll" });
const { tables, fleet } = await fleetOrSkip(clientOf);

it("makes an image although its server could not be looked at for a while, and refuses one that the service does not have", async () => {
  const faults = {
    cut: { type: "cut", afterWork: false },
    portal: { type: "body", body: "html" },
    proxy: { type: "answer", status: 403, body: "<html>Log in first.</html>" },
    gone: { type: "answer", status: 404, body: { error_code: "WKS.00010404", error_msg: "There is no such server." } },
  } as const;
  for (const [resource, effect] of Object.entries(faults))
    emulator.faults.add({ operation: "ShowImageServer", resource, effect, times: 12 });
  await fleet.submit("nightly", ["cut", "portal", "proxy", "gone"].map(image));
  await makeAll(fleet, "nightly");
  expect((await fleet.status("nightly")).counts).toEqual({ made: 3, refused: 1 });
  const [gone] = (await fleet.images("nightly")).filter(({ state }) => state === "refused");
  expect(gone).toMatchObject({ serverId: "gone", reason: expect.stringContaining("WKS.00010404") });
  expect(["cut", "portal", "proxy", "gone"].map(posts)).toEqual([1, 1, 1, 0]);
});

it("refuses an image for good whose request is refused, whatever the refusal looks like", async () => {
  const effect = { type: "answer", status: 403, body: "Not here." } as const;
  emulator.faults.add({ operation: "RecreateServerImage", resource: "named", effect, times: 100 });
  await fleet.submit("refused", [image("named")]);
  await makeAll(fleet, "refused");
  expect((await fleet.status("refused")).counts).toEqual({ refused: 1 });
  expect(posts("named")).toBe(1);
});

it.each(["ShowImageServer", "RecreateServerImage"])(
  "keeps an image in the queue whose key is refused by %s, and asks for nothing for longer than a key is locked",
  async (operation) => {
    const body = { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information." };
    emulator.faults.add({ operation, resource: "locked", effect: { type: "answer", status: 401, body } });
    const run = `key-${operation}`;
    const before = posts("locked");
    await fleet.submit(run, [image("locked")]);
    const ends = new AbortController();
    const worker = fleet.work({ ...quickPace, signal: ends.signal });
    const first = async () => (await fleet.images(run))[0];
    await expect.poll(async () => (await first())?.reason, { interval: 50 }).toContain("APIGW.0301");
    expect(await first()).toMatchObject({ state: "queued" });
    const rests = () =>
      tables.rows("select 1 from aps_fleet.refused_key where rest_until > now() + interval '5 minutes'");
    await expect.poll(rests, { interval: 50 }).toHaveLength(1);
    ends.abort();
    await worker;
    expect(posts("locked") - before).toBe(operation === "RecreateServerImage" ? 1 : 0);
    await tables.change("delete from aps_fleet.refused_key");
    await makeAll(fleet, run);
    expect((await fleet.status(run)).counts).toEqual({ made: 1 });
  },
);

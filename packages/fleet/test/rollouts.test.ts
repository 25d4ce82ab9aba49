import { defaultWorld } from "@workspace-aps/emulator";
import { afterAll, expect, it } from "vitest";
import { openFleet, type RolloutRow } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";
import { worldOf } from "./world.ts";

const [group] = defaultWorld.serverGroups ?? [];
if (group === undefined) throw new Error("The default world has no server group.");
const projectId = "1".repeat(32);
const groupIds = ["first", "second"];
const { emulator, image, clientOf } = worldOf({
  ...{ servers: { 1: ["builder", "broken"] }, speed: 500, jobs: "poll" },
  more: {
    serverGroups: groupIds.map((id) => ({ ...group, id, name: id, projectId })),
    appServers: groupIds.flatMap((groupId) =>
      [1, 2, 3].map((index) => ({ id: `${groupId}-${index}`, groupId, name: `${groupId}-${index}` })),
    ),
    sessions: [],
    otherImages: [{ id: group.imageId, projectId, name: "office-before" }],
  },
});
const place = { region: image("builder").region, projectId };
const database = await databaseOrSkip();
const fleet = openFleet({ databaseUrl: database.url, client: clientOf });
const ends = new AbortController();
const pace = { sweepIntervalMs: 100, lookIntervalMs: 100, pollIntervalMs: 500 };

afterAll(async () => {
  ends.abort();
  await fleet[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** What the servers of a group really have. */
const imagesOn = (groupId: string) =>
  [...(emulator.state.projects.get(projectId)?.streaming.servers.values() ?? [])]
    .filter((server) => server.server_group_id === groupId)
    .map(({ image_id }) => image_id);

const stateOf = async (run: string, serverGroupId: string) =>
  (await fleet.rollouts(run)).find((rollout: RolloutRow) => rollout.serverGroupId === serverGroupId)?.state;

it("refuses rollouts that do not fit their run", async () => {
  const rollouts = [
    { ...place, serverGroupId: "first", serverId: "elsewhere" },
    { ...place, serverGroupId: "first", serverId: "builder", maxUnavailable: 0 },
  ];
  const submitted = fleet.submit("odd", [image("builder")], { rollouts });
  await expect(submitted).rejects.toThrow(
    /server elsewhere, which is not in the run(.|\n)*named twice(.|\n)*maxUnavailable/,
  );
  await expect(fleet.status("odd")).rejects.toThrow("There is no run odd.");
});

it("rolls an image out when it is made and its plan approved, over the end of workers, and back when asked to", async () => {
  const rollouts = [
    { ...place, serverGroupId: "first", serverId: "builder", maxUnavailable: 3, canary: 0 },
    { ...place, serverGroupId: "second", serverId: "broken", approval: false },
  ];
  const effect = { type: "answer", status: 403, body: {} } as const;
  emulator.faults.add({ operation: "RecreateServerImage", resource: "broken", effect });
  const images = [image("builder"), image("broken")];
  await fleet.submit("nightly", images, { rollouts });
  expect(await fleet.submit("nightly", images, { rollouts })).toMatchObject({ added: 0 });
  await expect(fleet.submit("nightly", images)).rejects.toThrow("there with other rollouts");
  const first = new AbortController();
  const worker = fleet.work({ ...pace, signal: first.signal });
  await expect.poll(() => stateOf("nightly", "first"), { interval: 50 }).toBe("planned");
  const before = imagesOn("first");
  const [planned] = await fleet.rollouts("nightly");
  expect(planned?.plan?.servers.map(({ action }) => action)).toEqual(["move", "move", "move"]);

  expect(await fleet.approveRollouts("nightly", { by: "an operator" })).toBe(1);
  await expect.poll(() => stateOf("nightly", "first"), { interval: 20 }).toBe("rolling");
  // The worker ends in the middle, and another one goes on from the journal.
  first.abort();
  await worker;
  const second = fleet.work({ ...pace, signal: ends.signal });
  await expect.poll(() => stateOf("nightly", "first"), { interval: 50 }).toBe("done");
  const [made] = await fleet.images("nightly").then((rows) => rows.filter(({ serverId }) => serverId === "builder"));
  expect(imagesOn("first")).toEqual([made?.imageId, made?.imageId, made?.imageId]);

  expect(await fleet.rollBack("nightly", { by: "an operator", serverGroupId: "first" })).toBe(1);
  await expect.poll(() => stateOf("nightly", "first"), { interval: 50 }).toBe("rolled back");
  expect(imagesOn("first")).toEqual(before);
  ends.abort();
  await second;
});

import { methodsOf } from "@workspace-aps/client";
import { recreateServerImage, showImageJob } from "@workspace-aps/client/operations";
import { Client as Connection } from "pg";
import { expect, it } from "vitest";
import { fleetOrSkip } from "./fleet-or-skip.ts";
import { makeAll } from "./make-all.ts";
import { worldOf } from "./world.ts";

const servers = { 1: ["alone", "lost", "made", "twice", "later", "unnoted"] };
const { emulator, image, clientOf, posts } = worldOf({ servers, speed: 100, jobs: "poll" });
const client = methodsOf(clientOf({ ...image("alone"), account: "" }), { recreateServerImage, showImageJob });
const { database, fleet } = await fleetOrSkip(clientOf);

it("goes on with a job whose note was lost with the database, while it runs and after its end", async () => {
  const images = [image("lost"), image("made")];
  await fleet.submit("fail-over", images);
  // Sent by a worker whose notes a fail-over has lost: one image is made by now, the other is being made.
  const { job_id } = await client.recreateServerImage({ path: { server_id: "made" }, body: { name: "office-made" } });
  for (let looks = 0; looks < 3; looks++) await client.showImageJob({ path: { job_id } });
  await client.recreateServerImage({ path: { server_id: "lost" }, body: { name: "office-lost" } });
  await makeAll(fleet, "fail-over");
  expect((await fleet.status("fail-over")).counts).toEqual({ made: 2 });
  expect([posts("lost"), posts("made")]).toEqual([1, 1]);
});

it("looks for the job, and starts no other, when the database fails as the job is noted", async () => {
  await using connection = await connected();
  // A sequence counts what is rolled back, too.
  await connection.query(`
    create sequence notes;
    create function fail_once() returns trigger language plpgsql as $$
      begin
        if nextval('notes') = 1 then raise exception 'the database fails'; end if;
        return new;
      end $$;
    create trigger fail_once before update on aps_fleet.image for each row
      when (old.state = 'in doubt' and new.state = 'job') execute function fail_once();
    create table queued_again (server_id text);
    create function tell() returns trigger language plpgsql as $$
      begin
        insert into queued_again values (new.server_id);
        return new;
      end $$;
    create trigger tell after update on aps_fleet.image for each row
      when (old.state = 'in doubt' and new.state = 'queued') execute function tell()`);
  await fleet.submit("unnoted", [image("unnoted")]);
  await makeAll(fleet, "unnoted");
  const [{ last_value: notes } = {}] = (await connection.query("select last_value from notes")).rows;
  expect([Number(notes), posts("unnoted")]).toEqual([2, 1]);
  expect((await connection.query("select * from queued_again")).rows).toEqual([]);
  expect((await fleet.status("unnoted")).counts).toEqual({ made: 1 });
});

it("slows all lanes of a place while the service throttles it", async () => {
  const effect = { type: "answer", status: 429, body: {} } as const;
  emulator.faults.add({ operation: "RecreateServerImage", effect, times: 1_000 });
  await fleet.submit("throttled", [image("alone")]);
  const made = makeAll(fleet, "throttled");
  await using connection = await connected();
  const rests = () => connection.query<{ until: Date }>("select rest_until as until from aps_fleet.place");
  await expect.poll(async () => (await rests()).rowCount, { interval: 20 }).toBe(1);
  emulator.faults.clear();
  const [rest] = (await rests()).rows;
  // Another lane's, which was never throttled itself.
  await fleet.submit("held", [image("twice")]);
  await Promise.all([made, makeAll(fleet, "held")]);
  // The request itself is sent again within its own time, and told the others long before that was over.
  expect((await fleet.images("throttled"))[0]?.attempts).toBe(1);
  const [held] = await fleet.images("held");
  expect(held?.startedAt?.getTime()).toBeGreaterThanOrEqual(rest?.until.getTime() ?? Number.NaN);
  expect((await rests()).rowCount).toBe(0);
});

it("takes a person's word for what is in doubt, and no worker's against it", async () => {
  await fleet.submit("doubtful", [image("later")]);
  await expect(
    fleet.resolve("doubtful", { serverId: "later", found: { notStarted: true }, by: "an operator" }),
  ).rejects.toThrow("No image of server later is in doubt");
  await using connection = await connected();
  await connection.query("update aps_fleet.image set state = 'in doubt' where run = 'doubtful'");
  await expect(
    fleet.resolve("doubtful", { serverId: "later", found: { jobId: "one" }, by: "an operator" }),
  ).rejects.toThrow("up to 20 digits");
  await fleet.resolve("doubtful", { serverId: "later", found: { notStarted: true }, by: "an operator" });
  expect(await fleet.images("doubtful")).toMatchObject([{ state: "queued", reason: "an operator found no job." }]);
  await makeAll(fleet, "doubtful");
  expect(posts("later")).toBe(1);
});

async function connected() {
  const connection = new Connection(database.url);
  await connection.connect();
  return Object.assign(connection, { [Symbol.asyncDispose]: () => connection.end() });
}

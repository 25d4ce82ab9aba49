import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { expect, test } from "vitest";
import { environmentFor, start } from "./aps.ts";

const image = "f5d443de-a623-4950-a74d-569fe63c1f7a";
const ofImage = ["--image-id", image, "--image-type", "private"];
const minute = 60_000;

test("a day of an operator, command by command: the group gets an image, its servers are drained, re-imaged, and serve again", async () => {
  const emulator = createEmulator({ world: defaultWorld, speed: 0 });
  await using server = await listening(emulator);
  const aps = async (...args: readonly string[]) => {
    const run = await start([...args, "--quiet"], server.environment).ended;
    expect([args.join(" "), run.code, run.err]).toEqual([args.join(" "), 0, ""]);
    return run;
  };
  const ids = async (...args: readonly string[]) => (await aps(...args, "-o", "id")).out.trim().split("\n");

  const [group = ""] = await ids("group", "list", "--server-group-name", "office");
  await aps("group", "update", group, ...ofImage);
  expect((await aps("group", "show", group, "-o", "json")).json()).toMatchObject({ image_id: image });

  const inGroup = ["app-server", "list", "--server-group-id", group];
  const servers = await ids(...inGroup);
  await aps("app-server", "maintain", ...servers, "--maintain-status");
  const times = ["--query-begin-time", "2020-01-01T00:00:00Z", "--query-end-time", "2099-01-01T00:00:00Z"];
  const sessions = await ids("session", "list", "--app-server-group-id", group, ...times);
  const asked = ["--message-type", "1", "--delay-time", "300", "--title", "Maintenance", "--message", "Please save."];
  await aps("session", "logoff", ...sessions.flatMap((id) => ["--session-ids", id]), ...asked, "--yes");
  emulator.clock.advance(5 * minute);
  const shown = async (field: string) => (await aps(...inGroup, "-o", "tsv", "--no-headers", "--fields", field)).out;
  expect(await shown("session_count")).toBe("0\n".repeat(5));

  const chosen = servers.flatMap((id) => ["--server-ids", id]);
  const started = await aps("app-server", "reimage", ...chosen, ...ofImage, "--os-type", "Windows", "-o", "json");
  const items = started.json().items as unknown as readonly { readonly job_id: string }[];
  emulator.clock.advance(30 * minute);
  for (const { job_id } of items)
    expect((await aps("server-job", "show", job_id, "-o", "json")).json()).toMatchObject({ status: "SUCCESS" });
  expect(await shown("image_id")).toBe(`${image}\n`.repeat(5));
  expect(await shown("maintain_status")).toBe("true\n".repeat(5));

  await aps("app-server", "maintain", ...servers, "--no-maintain-status");
  expect((await aps("group", "state", group, "-o", "json")).json()).toEqual({ aps_status: { REGISTERED: 5 } });
  expect(emulator.sessions.start({ user: "eva", groupId: group })).toMatch(/./);
  expect(emulator.violations).toEqual([]);
});

async function listening(emulator: ReturnType<typeof createEmulator>) {
  const server = await serve(emulator, { port: 0 });
  return { environment: environmentFor(server.url), [Symbol.asyncDispose]: () => server.close() };
}

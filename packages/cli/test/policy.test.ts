import { defaultWorld } from "@workspace-aps/emulator";
import { expect, test } from "vitest";
import { operationsOf } from "../src/policy/operations.ts";
import { aps, serverId, startTarget } from "./aps.ts";
import { pace } from "./fleet.ts";

const [{ id: groupId = "" } = {}] = defaultWorld.serverGroups ?? [];
const [{ id: appServer = "" } = {}] = defaultWorld.appServers ?? [];
const unused = "35998d9a-14f2-48fc-832b-6fc0074dc8f8";
const toImage = ["--image-id", unused, "--image-type", "private", "--os-type", "Windows"];

/** An emulator whose user may do no more than the policy for a command says. */
async function allowedOnly(command: string) {
  const { Action: actions } = JSON.parse((await aps("policy", command)).out).Statement[0];
  const users = defaultWorld.users.map((user) => ({ ...user, actions }));
  return startTarget({ world: { ...defaultWorld, users } });
}

test.each([
  ["image create", [serverId, "--name", "office", "--wait", ...pace]],
  ["image create", [serverId, "--name", "office", "--journal", "unwritten", "--check", "--dry-run"]],
  ["image show", [unused]],
  ["image delete", [unused, "--yes"]],
  ["image prune", ["--name", "office-*", "--keep", "1", "--yes"]],
  ["rollout plan", [groupId, "--image", unused]],
  ["server delete", [serverId, "--recursive", "--yes", "--wait", ...pace]],
  ["app-server reimage", [...toImage, "--server-ids", appServer, "--wait", ...pace]],
  ["app-server reinstall-one", [appServer, "--wait", ...pace]],
])("the policy that is printed for %s is enough for it, and names all that it calls", async (command, args) => {
  await using target = await allowedOnly(command);
  const run = await target.aps(...command.split(" "), ...args);
  expect([run.code, run.err]).toEqual([0, expect.any(String)]);
  const answered = target.emulator.requests.flatMap(({ operationId, status }) =>
    operationId !== undefined && status < 400 ? [operationId] : [],
  );
  expect(operationsOf(command)).toEqual(expect.arrayContaining([...new Set(answered)]));
});

test.each([
  ["image", "RecreateServerImage", ["image", "create", serverId, "--name", "office"]],
  ["server-job", "BatchReinstallServer", ["app-server", "reinstall", "--server-ids", appServer]],
])(
  "a policy for %s wait and the operation before it is enough to start work now and wait later",
  async (noun, ...how) => {
    const [operation, start] = how;
    await using target = await allowedOnly(`${noun} wait`);
    const { Action: more } = JSON.parse((await aps("policy", operation)).out).Statement[0];
    const { Action: own } = JSON.parse((await aps("policy", `${noun} wait`)).out).Statement[0];
    const users = defaultWorld.users.map((user) => ({ ...user, actions: [...own, ...more] }));
    await using both = await startTarget({ world: { ...defaultWorld, users } });
    const [jobId = ""] = /\d{18}/.exec((await both.aps(...start)).out) ?? [];
    expect((await both.aps(noun, "wait", jobId, ...pace)).code).toBe(0);
    expect((await target.aps(...start)).code).toBe(6);
  },
);

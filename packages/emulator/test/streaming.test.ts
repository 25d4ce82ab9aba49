import { describe, expect, it } from "vitest";
import { defaultWorld, type Emulator, type World } from "../src/index.ts";
import { send, start, world } from "./call.ts";

const minute = 60_000;
const group = `/app-server-groups/${world.groupId}`;
const server = `/app-servers/${world.appServerId}`;
const sinceEver = "query_begin_time=&query_end_time=";

const streamingOf = (emulator: Emulator) => {
  const project = emulator.state.projects.get(world.projectId);
  if (project === undefined) throw new Error("The default world has no project.");
  return project.streaming;
};

describe("the default world", () => {
  it("has one group of five servers, with users on three", async () => {
    const { call } = await start();
    expect((await call("GET", "/app-server-groups")).body).toMatchObject({
      count: 1,
      items: [{ id: world.groupId, app_server_count: 5, app_group_count: 1, image_name: "office-2026-09" }],
    });
    const { items } = (await call("GET", `/app-servers?server_group_id=${world.groupId}`)).body;
    expect(items.map(({ session_count }: { session_count: number }) => session_count).sort()).toEqual([0, 0, 1, 1, 2]);
    expect((await call("GET", `${group}/state`)).body).toEqual({ aps_status: { REGISTERED: 5 } });
    expect((await call("GET", `/session/list-sessions?${sinceEver}`)).body.count).toBe(4);
    expect((await call("GET", `/app-groups?app_server_group_id=${world.groupId}`)).body.count).toBe(1);
  });
});

describe("a server group", () => {
  it("is found by its tags and its enterprise project, which its servers share", async () => {
    const { projectId } = world;
    const [office] = defaultWorld.serverGroups ?? [];
    const tags = { team: "design", "cost=center": "7" };
    const { call, emulator } = await start({
      world: {
        ...defaultWorld,
        serverGroups: [
          ...(defaultWorld.serverGroups ?? []),
          { id: "cad", projectId, name: "cad", imageId: office?.imageId ?? "", tags, enterpriseProjectId: "ep-1" },
        ],
        appServers: [{ id: "cad-1", groupId: "cad", name: "cad-1", tags: { rack: "a" } }],
        sessions: [],
        servers: [{ id: world.serverId, projectId, name: "builder", enterpriseProjectId: "ep-1" }],
      },
    });
    const found = async (query: string) =>
      (await call("GET", `/app-server-groups?${query}`)).body.items.map(({ name }: { name: string }) => name);
    expect(await found("tags=team=design")).toEqual(["cad"]);
    expect(await found("tags=cost%3Dcenter%3D7,team%3Ddesign")).toEqual(["cad"]);
    expect(await found("tags=team=design,team=office")).toEqual([]);
    expect(await found("enterprise_project_id=ep-1")).toEqual(["cad"]);
    for (const standard of ["", "0"]) expect(await found(`enterprise_project_id=${standard}`)).toEqual(["office"]);
    expect((await found("")).length).toBe(2);
    expect((await call("GET", "/app-server-groups/cad")).body.tags).toEqual([
      { key: "team", value: "design" },
      { key: "cost=center", value: "7" },
    ]);
    expect((await call("GET", "/app-servers/cad-1")).body).toMatchObject({
      tags: [{ key: "rack", value: "a" }],
      enterprise_project_id: "ep-1",
    });
    expect((await call("GET", "/image-servers?enterprise_project_id=ep-1")).body.count).toBe(1);
    expect((await call("GET", "/image-servers?enterprise_project_id=0")).body.count).toBe(0);
    expect(emulator.violations).toEqual([]);
  });

  it("gets an image, and its servers keep theirs", async () => {
    const { call } = await start();
    const image_id = "35998d9a-14f2-48fc-832b-6fc0074dc8f8";
    expect(await call("PATCH", group, { image_id, image_type: "private" })).toMatchObject({
      status: 200,
      body: undefined,
    });
    expect((await call("GET", group)).body).toMatchObject({
      image_id,
      image_name: "office-2026-10",
      image_type: "private",
    });
    expect((await call("GET", server)).body.image_id).not.toBe(image_id);
  });

  it.each([
    ["an image that there is not", { image_id: "none", image_type: "private" }, 404],
    ["an image of another system", { image_id: "linux", image_type: "private" }, 409],
    ["the name of another group", { name: "taken" }, 409],
  ])("is refused %s", async (_what, body, status) => {
    const { projectId } = world;
    const { call } = await start({
      world: {
        ...defaultWorld,
        otherImages: [...(defaultWorld.otherImages ?? []), { id: "linux", projectId, name: "l", osType: "Linux" }],
        serverGroups: [
          ...(defaultWorld.serverGroups ?? []),
          { id: "other", projectId, name: "taken", imageId: "linux" },
        ],
      },
    });
    expect((await call("PATCH", group, body)).status).toBe(status);
  });
});

describe("an application server", () => {
  it("in maintenance mode keeps its users and gets no new ones", async () => {
    const { call, emulator } = await start();
    const ids = [...streamingOf(emulator).servers.keys()];
    await call("PATCH", "/app-servers/actions/batch-maint", { items: ids.slice(0, 4), maintain_status: true });
    expect((await call("GET", server)).body).toMatchObject({
      maintain_status: true,
      session_count: 2,
      status: "REGISTERED",
    });
    for (let user = 0; user < 3; user++) emulator.sessions.start({ user: `new${user}`, groupId: world.groupId });
    expect((await call("GET", `/app-servers/${ids[4]}`)).body.session_count).toBe(3);
    const drained = await call("GET", `/app-servers?maintain_status=true`);
    expect(drained.body.count).toBe(4);
  });

  it("that is restarted loses its users, and takes new ones once its agent has registered", async () => {
    const { call, emulator } = await start();
    await call("PATCH", "/app-servers/actions/batch-reboot", { items: [world.appServerId], type: "HARD" });
    const look = async () => (await call("GET", server)).body;
    expect(await look()).toMatchObject({
      status: "UNREGISTER",
      vm_status: "HARD_REBOOT",
      task_status: "rebooting_hard",
      session_count: 0,
    });
    const again = await call("PATCH", "/app-servers/actions/batch-reboot", {
      items: [world.appServerId],
      type: "SOFT",
    });
    expect(again.status).toBe(409);
    emulator.clock.advance(minute);
    expect(await look()).toMatchObject({ status: "UNREGISTER", vm_status: "ACTIVE", task_status: "null" });
    emulator.clock.advance(minute);
    expect(await look()).toMatchObject({ status: "REGISTERED" });
    const ends = [...streamingOf(emulator).sessions.values()].map(({ endedBy }) => endedBy);
    expect(ends).toEqual(["reboot", "reboot", undefined, undefined]);
  });
});

describe("a session", () => {
  it("starts, is in use, loses its connection and ends, on the emulator's clock", async () => {
    const { call, emulator } = await start();
    const id = emulator.sessions.start({ user: "eva", serverId: world.appServerId, forMs: 10 * minute }) ?? "";
    const look = async () => (await call("GET", "/session/user-session-info?user_name=eva")).body.session_info_list[0];
    expect(await look()).toMatchObject({ id, session_state: "AppcInit", end_time: "0001-01-01 00:00:00" });
    emulator.clock.advance(minute);
    expect(await look()).toMatchObject({ session_state: "Active" });
    expect(emulator.sessions.disconnect(id)).toBe(true);
    expect(await look()).toMatchObject({ session_state: "Disconnected" });
    expect((await call("GET", server)).body.session_count).toBe(3);
    emulator.clock.advance(9 * minute);
    expect(await look()).toMatchObject({ session_state: "SignedOut", end_time: expect.stringMatching(/^2/) });
    expect((await call("GET", server)).body.session_count).toBe(2);
    expect(emulator.sessions.end(id)).toBe(false);
  });

  it("is logged off after the delay, and not before", async () => {
    const { call, emulator } = await start();
    const { items } = (await call("GET", `/session/list-sessions?${sinceEver}&user_name=anna`)).body;
    const body = { session_ids: [items[0].id, "unknown"], message_type: 1, delay_time: 300 };
    expect((await call("POST", "/session/logoff", body)).status).toBe(200);
    emulator.clock.advance(5 * minute - 1);
    expect((await call("GET", server)).body.session_count).toBe(2);
    emulator.clock.advance(1);
    expect((await call("GET", server)).body.session_count).toBe(1);
    expect(streamingOf(emulator).sessions.get(items[0].id)?.endedBy).toBe("logoff");
    expect((await call("POST", "/session/logoff", { message_type: 1, delay_time: 0 })).status).toBe(400);
  });

  it.each([
    ["that are in use", "session_state=Active", ["anna", "chen", "dora"]],
    ["that are not connected", "session_state=Disconnected,AppcInit", ["bo"]],
    ["of a user", "user_name=chen", ["chen"]],
    ["of a machine that there is not", "machine_name=none", []],
  ])("is listed among those %s", async (_what, query, users) => {
    const { call } = await start();
    const { items } = (await call("GET", `/session/list-sessions?${sinceEver}&${query}`)).body;
    expect(items.map(({ login_user }: { login_user: string }) => login_user).sort()).toEqual(users);
  });

  it("that began before the begin of a query is missing, although it is open", async () => {
    const { call, emulator } = await start();
    const from = new Date(emulator.clock.now() - 10 * minute).toISOString();
    const { items } = (await call("GET", `/session/list-sessions?query_begin_time=${from}&query_end_time=`)).body;
    expect(items.map(({ login_user }: { login_user: string }) => login_user)).toEqual(["dora"]);
  });

  it("goes to nobody when no server takes users, which is noted", async () => {
    const { emulator } = await start({
      world: {
        ...defaultWorld,
        appServers: [],
        sessions: [],
        visits: [{ user: "eva", groupId: world.groupId, afterMs: minute }],
      },
    });
    emulator.clock.advance(minute);
    expect(streamingOf(emulator).turnedAway).toMatchObject([{ user: "eva" }]);
    const visit = { user: "fay", groupId: world.groupId };
    expect((await send(emulator, "POST", "/__emulator/sessions", { body: JSON.stringify(visit) })).status).toBe(409);
  });

  it("comes and goes over HTTP too", async () => {
    const { emulator, call } = await start();
    const body = JSON.stringify({ user: "eva", serverId: world.appServerId });
    const { id } = (await send(emulator, "POST", "/__emulator/sessions", { body })).body;
    expect((await call("GET", server)).body.session_count).toBe(3);
    expect((await send(emulator, "DELETE", `/__emulator/sessions/${id}`)).status).toBe(200);
    expect((await call("GET", server)).body.session_count).toBe(2);
    expect((await send(emulator, "DELETE", `/__emulator/sessions/${id}`)).status).toBe(404);
    const wrong = await send(emulator, "POST", "/__emulator/sessions", { body: '{ "user": "eva" }' });
    expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringContaining("session must name") } });
  });
});

describe("traffic", () => {
  const busy: World = {
    ...defaultWorld,
    sessions: [],
    visits: [{ user: "eva", groupId: world.groupId, afterMs: 3 * minute, forMs: 4 * minute }],
    serverGroups: (defaultWorld.serverGroups ?? []).map((one) => ({
      ...one,
      traffic: { usersPerHour: 30, meanMinutes: 20 },
    })),
  };
  const visitsIn = async (seed: number, looks: number) => {
    const { emulator } = await start({ world: busy, seed, startMs: 0 });
    for (let look = 0; look < looks; look++) emulator.clock.advance((4 * 60 * minute) / looks);
    return [...streamingOf(emulator).sessions.values()].map(({ user, serverId, startMs, endMs }) => ({
      user,
      serverId,
      startMs,
      endMs,
    }));
  };

  it("is the same for the same seed, however often somebody looks, and spreads over the servers", async () => {
    const visits = await visitsIn(1, 1);
    expect(visits).toEqual(await visitsIn(1, 240));
    expect(visits).not.toEqual(await visitsIn(2, 1));
    expect(visits.length).toBeGreaterThan(90);
    expect(visits.length).toBeLessThan(160);
    expect(new Set(visits.map(({ serverId }) => serverId)).size).toBe(5);
    expect(visits).toContainEqual(expect.objectContaining({ user: "eva", startMs: 3 * minute, endMs: 7 * minute }));
  });

  it("costs little when the clock jumps by years", async () => {
    const { emulator } = await start({ world: busy });
    emulator.clock.advance(1e300);
    expect(streamingOf(emulator).sessions.size).toBeLessThan(10_000);
  });
});

describe("a scaling policy", () => {
  it("is given, shown, shown with its group, and taken away", async () => {
    const { call } = await start();
    const path = `/scaling-policy?server_group_id=${world.groupId}`;
    expect((await call("GET", path)).body.enable).toBe(false);
    const policy = {
      enable: true,
      max_scaling_amount: 3,
      single_expansion_count: 1,
      scaling_policy_by_session: { session_usage_threshold: 50, shrink_after_session_idle_minutes: 10 },
    };
    const given = await call("PUT", "/scaling-policy", { server_group_id: world.groupId, ...policy });
    expect(given).toMatchObject({ status: 200, body: policy });
    expect((await call("GET", path)).body).toEqual(policy);
    expect((await call("GET", group)).body.scaling_policy).toEqual(policy);
    expect((await call("DELETE", path)).status).toBe(200);
    expect((await call("GET", path)).body.enable).toBe(false);
  });
});

describe("what is seen of servers and sessions", () => {
  it("lags, each by itself", async () => {
    const { call, emulator } = await start();
    emulator.faults.add({ operation: "ListServers", effect: { type: "lag", ms: minute } });
    emulator.clock.advance(2 * minute);
    await call("PATCH", server, { maintain_status: true });
    emulator.sessions.start({ user: "eva", serverId: world.appServerId });
    const listed = async () => (await call("GET", `/app-servers?server_id=${world.appServerId}`)).body.items[0];
    expect(await listed()).toMatchObject({ maintain_status: false, session_count: 2 });
    expect((await call("GET", server)).body).toMatchObject({ maintain_status: true, session_count: 3 });
    emulator.clock.advance(minute);
    expect(await listed()).toMatchObject({ maintain_status: true, session_count: 3 });
  });

  it("lags for scaling policies too, and ended sessions may be cleaned up", async () => {
    const { call, emulator } = await start();
    const path = `/scaling-policy?server_group_id=${world.groupId}`;
    emulator.faults.add({ operation: "ShowScalingPolicy", effect: { type: "lag", ms: minute } });
    const scaling_policy_by_session = { session_usage_threshold: 50, shrink_after_session_idle_minutes: 10 };
    const amounts = { max_scaling_amount: 3, single_expansion_count: 1 };
    await call("PUT", "/scaling-policy", { server_group_id: world.groupId, ...amounts, scaling_policy_by_session });
    expect((await call("GET", path)).body.enable).toBe(false);
    emulator.clock.advance(minute);
    expect((await call("GET", path)).body.enable).toBe(true);
    emulator.faults.add({ operation: "ListSessions", effect: { type: "hide", afterEndMs: minute } });
    const [id = ""] = streamingOf(emulator).sessions.keys();
    emulator.sessions.end(id);
    expect((await call("GET", `/session/list-sessions?${sinceEver}`)).body.count).toBe(4);
    emulator.clock.advance(minute);
    expect((await call("GET", `/session/list-sessions?${sinceEver}`)).body.count).toBe(3);
  });

  it("can hide a server, and the sessions on it", async () => {
    const { call, emulator } = await start();
    emulator.faults.add({ resource: world.appServerId, effect: { type: "hide" } });
    expect((await call("GET", server)).status).toBe(404);
    expect((await call("GET", "/app-servers")).body.count).toBe(4);
    expect((await call("GET", `/session/list-sessions?${sinceEver}`)).body.count).toBe(2);
    expect((await call("GET", group)).body.app_server_count).toBe(4);
  });
});

it("a world whose parts do not fit together is refused with all that is wrong", () => {
  const wrong: World = {
    ...defaultWorld,
    serverGroups: [{ id: "g", projectId: "p", name: "g", imageId: "i", scaling: { enable: true } as never }],
    appServers: [{ id: "s", groupId: "none", name: "s" }],
    visits: [{ user: "u", groupId: "none", afterMs: 0 }],
  };
  const refused = () => start({ world: wrong });
  return expect(refused()).rejects.toThrow(
    /server group g names project p.*server group g names image i.*max_scaling_amount.*server s names server group none.*the session of anna.*the visit of u/,
  );
});

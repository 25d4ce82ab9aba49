import { describe, expect, it } from "vitest";
import { Refusal } from "../src/http/refusal.ts";
import { routeOf } from "../src/http/router.ts";
import { createEmulator } from "../src/index.ts";
import { handlerOf } from "../src/operations/handlers.ts";
import type { Call } from "../src/operations/operation.ts";
import { rulesOf } from "../src/world/rules.ts";
import { world } from "./call.ts";

describe("an operation that has no handler of its own", () => {
  const handler = handlerOf("NoHandlerOfItsOwn");
  /** A call of what looks like ShowImageJob or ShowImageServer but for its handler. */
  const call = (operationId: string, path: Record<string, string>): Call => {
    const { state } = createEmulator();
    const [user] = state.users;
    const project = state.projects.get(world.projectId);
    if (user === undefined || project === undefined) throw new Error("The default world is empty.");
    const content = { path, query: {}, body: undefined };
    const caller = { user, projectId: undefined };
    return {
      ...content,
      route: routeOf(operationId),
      state,
      project,
      caller,
      nowMs: 0,
      pace: "clock",
      rules: rulesOf(),
      view: { nowMs: 0, distortions: [] },
      fate: undefined,
    };
  };

  it("answers with the contract's example", () => {
    const { examples } = routeOf("ShowImageServer");
    expect(handler(call("ShowImageServer", { server_id: world.serverId }))).toEqual({
      status: 200,
      body: examples[200],
    });
  });

  it.each([
    ["ShowImageServer", { server_id: "none" }, "There is no image server none."],
    ["ShowImageJob", { job_id: "none" }, "There is no job none."],
  ])("answers 404 when what its path names is not there, as %s does", (operationId, path, message) => {
    let refusal: unknown;
    try {
      handler(call(operationId, path));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).answer).toMatchObject({
      status: 404,
      body: { error_msg: expect.stringContaining(message) },
    });
  });
});

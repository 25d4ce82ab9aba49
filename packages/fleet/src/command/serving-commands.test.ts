import { createServer } from "node:net";
import { expect, it } from "vitest";
import { openFleet } from "../open-fleet.ts";
import { servingCommands } from "./serving-commands.ts";

it("a page that has no place to be served at is no fault of the database", async () => {
  const client = () => expect.unreachable("No place is asked for.");
  await using fleet = openFleet({ databaseUrl: "postgres://nobody@127.0.0.1:1/none", client });
  const served = (port: string) =>
    servingCommands.dashboard?.run({
      ...{ fleet, args: ["--port", port], user: "somebody", signal: AbortSignal.abort() },
      ...{ print: () => {}, say: () => {} },
    });
  await using taken = createServer();
  await new Promise<void>((listening) => taken.listen(0, "127.0.0.1", listening));
  const { port } = taken.address() as { port: number };
  await expect(served(`${port}`)).rejects.toThrow(
    `The page cannot be served at port ${port}: EADDRINUSE. --port 0 picks a free one.`,
  );
  await expect(served("65536")).rejects.toThrow(
    '--port is a number from 0, which picks a free one, to 65535; given was "65536".',
  );
});

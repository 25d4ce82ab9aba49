import { defineConfig } from "vitest/config";

/** The long form of the story of a killed fleet: 200 servers, several times over. */
export default defineConfig({
  test: {
    include: ["test/fleet.test.ts"],
    testNamePattern: "kill -9",
    env: { FLEET_SIZE: "200", FLEET_ROUNDS: "5" },
    testTimeout: 600_000,
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  // Most of the time is spent in programs that a test has started, so that a test for each core does not crowd them.
  test: {
    dir: "scripts",
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    maxWorkers: "100%",
    // Copies of the working tree, with their dependencies, take a slow disk long to make, to build and to remove.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "./test/site-server.ts",
    // Tests wait for a browser, for programs and for jobs more than they compute.
    maxWorkers: 2,
    maxConcurrency: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A real browser on a busy machine may miss a deadline. What fails three times is a defect.
    retry: 2,
    expect: { poll: { timeout: 15_000 } },
  },
});

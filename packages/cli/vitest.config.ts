import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // Most tests run the program as a process of its own.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

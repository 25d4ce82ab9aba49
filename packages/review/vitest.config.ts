import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // Some tests start programs, which a busy machine with a slow disk does late.
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});

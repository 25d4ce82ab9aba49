import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Some tests start programs, or load a whole linter or compiler, which a busy machine with a slow disk does late.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,test,examples}/**/*.test.ts"],
    setupFiles: ["test/conformance.ts"],
    // Some tests start programs, which a busy machine starts late.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

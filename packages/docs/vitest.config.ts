import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // A real browser on a busy machine may miss a deadline. What fails three times is a defect.
    retry: 2,
    expect: { poll: { timeout: 15_000 } },
  },
});

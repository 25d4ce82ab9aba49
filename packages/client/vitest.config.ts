import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["{src,test,examples}/**/*.test.ts"], setupFiles: ["test/conformance.ts"] },
});

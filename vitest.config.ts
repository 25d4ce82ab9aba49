import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { dir: "scripts", include: ["**/*.test.ts"], exclude: ["**/node_modules/**"] },
});

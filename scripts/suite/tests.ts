import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { limitsMs } from "./limits.ts";
import { SkippedReporter } from "./skipped-reporter.ts";

type TestOptions = NonNullable<ViteUserConfig["test"]>;

/** What a package says of its tests. Everything else is the same in all of them. */
export interface Tests extends Omit<TestOptions, "include" | "testTimeout" | "hookTimeout" | "retry"> {
  /** Folders that hold tests. */
  readonly folders: readonly string[];
  /** Test files that do more of the same in the long run, where `import.meta.env.MODE` is `soak`. */
  readonly alsoLong?: readonly string[];
}

/**
 * The configuration of a package's tests. `vitest run` runs the files `*.test.ts`, two for each core, because half of what a test
 * takes is waiting for programs, timers and pages; turbo runs one package after the other. `vitest run --mode soak` runs the files
 * `*.soak.ts`, which start builds, clones and browsers, one at a time.
 */
export function testsOf({ folders, alsoLong = [], globalSetup = [], ...own }: Tests) {
  return defineConfig(({ mode }) => {
    const isLong = mode === "soak";
    const limitMs = isLong ? limitsMs.soak : limitsMs.test;
    const test: TestOptions = {
      include: folders.map((folder) => `${folder}/**/*.${isLong ? "soak" : "test"}.ts`),
      maxWorkers: isLong ? 1 : 2 * availableParallelism(),
      testTimeout: limitMs,
      hookTimeout: limitMs,
      teardownTimeout: limitMs,
      expect: { poll: { timeout: limitsMs.wait } },
      // The order of the last run is worth less than files that no run writes.
      cache: false,
      globalSetup: [join(import.meta.dirname, "temporary-folder.ts"), ...[globalSetup].flat()],
      reporters: ["default", new SkippedReporter()],
      ...own,
    };
    if (isLong) test.include?.push(...alsoLong);
    return { test };
  });
}

import type { programs } from "../programs.ts";

/** One command of a suite. */
export interface Part {
  readonly title: string;
  readonly program: keyof typeof programs;
  readonly args: readonly string[];
}

/** As many tasks at once as there are cores. Each of them computes with one. */
const onePerCore = "--concurrency=100%";
/** Tests use every core already, and what runs beside them makes them slow. */
const oneAtATime = "--concurrency=1";
/** All that fails is shown, and not only what fails first. */
const toTheEnd = "--continue=dependencies-successful";

const checks = ["//#lint:format", "build", "lint", "//#lint:repository", "typecheck", "//#typecheck:repository"];
const tests = ["test", "//#test:repository"];

/** Every task of `npm test`. */
export const suiteTasks: readonly string[] = [...checks, ...tests];

const turbo = (...args: string[]) => ({ program: "turbo", args: ["run", ...args, toTheEnd] }) as const;

/** Parts of `npm test` and `npm run soak`, in their order. */
export const suites: Readonly<Record<string, readonly Part[]>> = {
  test: [
    {
      title: "Format, build, lint, type-check",
      ...turbo(...checks, onePerCore),
    },
    { title: "Test", ...turbo(...tests, oneAtATime) },
  ],
  soak: [
    { title: "Build", ...turbo("build", onePerCore) },
    { title: "Soak", ...turbo("soak", "//#soak:repository", oneAtATime) },
  ],
  // What CI runs of it: what depends on no clock but the test's own.
  "soak:ci": [
    { title: "Build", ...turbo("build", onePerCore) },
    {
      title: "Soak of the packages",
      ...turbo(
        "soak",
        ...["review", "emulator", "client"].map((name) => `--filter=@workspace-aps/${name}`),
        oneAtATime,
      ),
    },
    {
      title: "Soak of what is published, of the pipeline, and of a new operation",
      program: "vitest",
      args: ["run", "--mode", "soak", "scripts/pack", "scripts/pipeline", "scripts/new-operation"],
    },
  ],
};

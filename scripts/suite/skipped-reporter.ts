import type { Reporter, TestCase, TestModule } from "vitest/node";

/** What a line begins with that says what was not tested here. `npm test` gathers these lines, from cached runs too. */
export const skippedMark = "Not tested on this machine: ";

/** Says in one line which tests were skipped, by the reason that they gave, or else by their name. */
export class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests("skipped")]);
    if (skipped.length > 0) console.log(`${skippedMark}${[...new Set(skipped.map(reasonOf))].join("; ")}`);
  }
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  return (result.state === "skipped" && result.note) || test.fullName;
}

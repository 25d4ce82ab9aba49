import type { Change, Verdict } from "./change.ts";
import type { Coverage } from "./coverage.ts";
import type { SurfaceChange } from "./surface.ts";
import type { Bump } from "./versions.ts";

/** A change with what it means for whom. */
export interface ReportedChange extends Change {
  readonly operations: readonly string[];
  /** Why it is let through although it breaks, and until when. */
  readonly exception?: { readonly reason: string; readonly until: string } | undefined;
}

/** Everything that a review has found. */
export interface Report {
  readonly base: string;
  readonly passed: boolean;
  readonly verdict: Verdict | "unchanged";
  readonly demandedBump: Bump;
  readonly changes: readonly ReportedChange[];
  /** Findings of the linter, as it prints them; empty when there are none. */
  readonly lint: string;
  readonly versionProblems: readonly string[];
  readonly surface: readonly SurfaceChange[];
  readonly coverage: { readonly before: Coverage; readonly after: Coverage };
  readonly methods: readonly string[];
  readonly pages: readonly string[];
  readonly blindSpots: readonly string[];
}

/** What the review cannot see, in every report, so that nobody takes its silence for an answer. */
export const blindSpots = [
  "Whether the service behaves as the contract says: `npm run spec:drift` holds a recording of it against the contract.",
  "Translations of the prose, which have a test of their own.",
  "Prose: a description may promise something else and is still rated safe.",
  "Types of the client that are written by hand: only the names of its exports are compared.",
  "Schemas under anyOf and oneOf are compared branch by branch, in their order; a branch that moves looks like two changes.",
  "The IAM document (spec/iam.yaml) and the workflows are linted, not compared.",
];

const titles: Readonly<Record<Verdict, string>> = { breaking: "Breaking", risky: "Risky", safe: "Safe" };

/** The report as Markdown, for a comment on a pull request. */
export function markdown(report: Report): string {
  const { verdict, demandedBump, changes, coverage, surface } = report;
  const counts = (["breaking", "risky", "safe"] as const).map(
    (one) => `${changes.filter((change) => change.verdict === one).length} ${one}`,
  );
  return [
    "## Review of the contract",
    verdict === "unchanged"
      ? `The contract says the same as at \`${report.base}\`.`
      : `Against \`${report.base}\`: ${counts.join(", ")}. Demanded version: **${demandedBump}**. ${report.passed ? "Passed." : "**Not passed.**"}`,
    ...(report.lint === "" ? [] : ["### Linter", `\`\`\`\n${report.lint.trim()}\n\`\`\``]),
    ...(report.versionProblems.length === 0
      ? []
      : ["### Versions", report.versionProblems.map((problem) => `- ${problem}`).join("\n")]),
    ...(["breaking", "risky", "safe"] as const).flatMap((one) => group(changes, one)),
    ...(surface.length === 0
      ? []
      : ["### Types of the client", surface.map(({ name, kind }) => `- \`${name}\` ${kind}`).join("\n")]),
    ...(report.methods.length === 0
      ? []
      : ["### Methods of the client that are affected", list(report.methods.map((name) => `client.${name}`))]),
    ...(report.pages.length === 0 ? [] : ["### Pages that change", list(report.pages)]),
    "### Coverage",
    "| | before | after |\n| --- | --- | --- |\n" +
      `| operations | ${coverage.before.operations} | ${coverage.after.operations} |\n` +
      `| with an example of success | ${coverage.before.withExample} | ${coverage.after.withExample} |\n` +
      `| named by a test | ${coverage.before.withTest} | ${coverage.after.withTest} |`,
    `<details><summary>What this review does not see</summary>\n\n${report.blindSpots.map((spot) => `- ${spot}`).join("\n")}\n\n</details>`,
    "",
  ].join("\n\n");
}

/** The report as commands of GitHub Actions, which show it beside the lines. */
export function annotations(report: Report): string {
  const levels = { breaking: "error", risky: "warning", safe: "notice" } as const;
  const lines = report.changes.map(({ verdict, says, source, rule, exception }) => {
    const place = source === undefined ? "" : ` file=${source.file},line=${source.line},title=${rule}`;
    return `::${exception === undefined ? levels[verdict] : "warning"}${place}::${titles[verdict]}: ${escapeCommand(says)}`;
  });
  return [...lines, ...report.versionProblems.map((problem) => `::error::${escapeCommand(problem)}`), ""].join("\n");
}

function group(changes: readonly ReportedChange[], verdict: Verdict): string[] {
  const those = changes.filter((change) => change.verdict === verdict);
  if (those.length === 0) return [];
  const lines = those.map(({ says, source, pointer, operations, exception, rule }) => {
    const place = source === undefined ? `\`${pointer}\`` : `\`${source.file}:${source.line}\``;
    const let_ = exception === undefined ? "" : ` Let through until ${exception.until}: ${exception.reason}`;
    return `- ${says} ${place} (${rule}; ${operations.length > 3 ? `${operations.length} operations` : operations.join(", ")})${let_}`;
  });
  return [`### ${titles[verdict]}`, lines.join("\n")];
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function escapeCommand(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

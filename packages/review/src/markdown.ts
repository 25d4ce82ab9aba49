import { type Verdict, verdicts } from "./change.ts";
import type { Report, ReportedChange } from "./report.ts";

const titles: Readonly<Record<Verdict, string>> = { breaking: "Breaking", risky: "Risky", safe: "Safe" };

/** So many safe changes are shown at once; more are folded, so that they do not hide the others. */
const unfolded = 5;

/** The report as Markdown, for a comment on a pull request. */
export function markdown(report: Report): string {
  const { changes, coverage, surface, lint } = report;
  return `${[
    "## Review of the contract",
    headline(report),
    ...section("Linter", lint === "" ? [] : [`\`\`\`\n${lint.trim()}\n\`\`\``]),
    ...section("Versions", report.versionProblems.map(item)),
    ...verdicts.flatMap((verdict) => group(changes, verdict)),
    ...section("Exceptions", report.idleExceptions.map(item)),
    ...folded(
      "Types of the client that differ",
      surface.map(({ name, kind }) => `- \`${name}\` ${kind}`),
    ),
    ...section("What callers call that is affected", listed(report.methods)),
    ...section("Pages that change, in every language", listed(report.pages)),
    "### Coverage",
    "| | before | after |\n| --- | --- | --- |\n" +
      `| operations | ${coverage.before.operations} | ${coverage.after.operations} |\n` +
      `| with an example of success | ${coverage.before.withExample} | ${coverage.after.withExample} |\n` +
      `| named by a test | ${coverage.before.withTest} | ${coverage.after.withTest} |`,
    fold("What this review does not see", report.blindSpots.map(item)),
  ].join("\n\n")}\n`;
}

function headline({ base, commit, verdict, changes, demandedBump, passed }: Report): string {
  const against = base === commit ? `\`${commit.slice(0, 10)}\`` : `\`${base}\` (${commit.slice(0, 10)})`;
  const outcome = passed ? "Passed." : "**Not passed.**";
  if (verdict === "unchanged") return `The contract says the same as at ${against}. ${outcome}`;
  const counts = verdicts.map((one) => `${changes.filter((change) => change.verdict === one).length} ${one}`);
  return `Against ${against}: ${counts.join(", ")}. Demanded version: **${demandedBump}**. ${outcome}`;
}

function group(changes: readonly ReportedChange[], verdict: Verdict): string[] {
  const lines = changes.filter((change) => change.verdict === verdict).map(line);
  return verdict === "safe" && lines.length > unfolded
    ? folded(`${titles[verdict]}: ${lines.length} changes`, lines)
    : section(titles[verdict], lines);
}

function line({ says, source, pointer, operations, exception, rule }: ReportedChange): string {
  const place = source === undefined ? `\`${pointer}\`` : `\`${source.file}:${source.line}\``;
  const whom = operations.length > 3 ? `${operations.length} operations` : operations.join(", ");
  const until = exception === undefined ? "" : ` Let through until ${exception.until}: ${escaped(exception.reason)}`;
  return `- ${says} ${place} (${[rule, whom].filter((part) => part !== "").join("; ")})${until}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.join("\n")];
}

function folded(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [fold(title, lines)];
}

function fold(title: string, lines: readonly string[]): string {
  return `<details><summary>${title}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}

function item(text: string): string {
  return `- ${text}`;
}

function listed(names: readonly string[]): string[] {
  return names.length === 0 ? [] : [names.map((name) => `\`${name}\``).join(", ")];
}

/** Text that somebody wrote, without a meaning for Markdown or HTML. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>&@|]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

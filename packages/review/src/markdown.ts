import { adviceFor } from "./advice.ts";
import { type Verdict, verdicts } from "./change.ts";
import type { Report, ReportedChange } from "./report.ts";

const titles: Readonly<Record<Verdict, string>> = { breaking: "Breaking", risky: "Risky", safe: "Safe" };

/** So many safe changes are shown at once; more are folded, so that they do not hide the others. */
const unfolded = 5;

/** The report as Markdown, for a comment on a pull request: the verdict first, then what is to be done, then why. */
export function markdown(report: Report): string {
  const { changes, coverage, surface, lint } = report;
  return `${[
    `## ${verdictLine(report)}`,
    summary(report),
    ...section("What callers have to do", adviceFor(changes).map(item)),
    ...section("What is missing here", report.versionProblems.map(item)),
    ...section("Linter", lint === "" ? [] : [`\`\`\`\n${lint.trim()}\n\`\`\``]),
    ...verdicts.flatMap((verdict) => group(changes, verdict)),
    ...section("Exceptions", report.idleExceptions.map(item)),
    ...section("What callers call that is affected", listed(report.methods)),
    ...folded(
      "Types of the client that differ",
      surface.map(({ name, kind }) => `- \`${name}\` ${kind}`),
    ),
    ...folded("Pages that change, in every language", listed(report.pages)),
    fold("Coverage", [
      "| | before | after |\n| --- | --- | --- |\n" +
        `| operations | ${coverage.before.operations} | ${coverage.after.operations} |\n` +
        `| with an example of success | ${coverage.before.withExample} | ${coverage.after.withExample} |\n` +
        `| named by a test | ${coverage.before.withTest} | ${coverage.after.withTest} |`,
    ]),
    fold("What this review does not see", report.blindSpots.map(item)),
  ].join("\n\n")}\n`;
}

/** The verdict on the whole, for a title. */
export function verdictLine({ verdict, passed }: Report): string {
  const what = {
    breaking: "This breaks callers",
    risky: "This may break callers",
    safe: "This harms no caller",
    unchanged: "Nothing changes for callers",
  }[verdict];
  return `${what}. ${passed ? "Passed." : "Not passed."}`;
}

/** What was counted, and what version it takes. */
export function summary({ base, commit, verdict, changes, demandedBump }: Report): string {
  const against = base === commit ? `\`${commit.slice(0, 10)}\`` : `\`${base}\` (${commit.slice(0, 10)})`;
  if (verdict === "unchanged") return `The contract says the same as at ${against}.`;
  const counts = verdicts.map((one) => `${changes.filter((change) => change.verdict === one).length} ${one}`);
  return `Against ${against}: ${counts.join(", ")}. Demanded version: **${demandedBump}**.`;
}

function group(changes: readonly ReportedChange[], verdict: Verdict): string[] {
  const lines = changes.filter((change) => change.verdict === verdict).map(line);
  return verdict === "safe" && lines.length > unfolded
    ? folded(`${titles[verdict]}: ${lines.length} changes`, lines)
    : section(titles[verdict], lines);
}

function line(change: ReportedChange): string {
  return `- ${whom(change)}${change.says} \`${placeOf(change)}\` <sub>${change.rule}</sub>${letThrough(change)}`;
}

/** Whom a change is about, in front of its sentence. */
export function whom({ operations }: ReportedChange): string {
  if (operations.length === 0) return "";
  return operations.length > 3 ? `${operations.length} operations: ` : `${operations.join(", ")}: `;
}

/** Where a change is written. */
export function placeOf({ source, pointer }: ReportedChange): string {
  return source === undefined ? pointer : `${source.file}:${source.line}`;
}

function letThrough({ exception }: ReportedChange): string {
  return exception === undefined ? "" : ` Let through until ${exception.until}: ${escaped(exception.reason)}`;
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

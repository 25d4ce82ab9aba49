import type { SummaryEntry } from "./summary.ts";

/** The summary as JUnit XML, which build servers show: a test case per image. */
export function junit(entries: readonly SummaryEntry[]): string {
  const failures = entries.filter(({ result }) => result === "failed").length;
  const skipped = entries.filter(({ result }) => hasNotEnded(result)).length;
  const errors = entries.filter((entry) => isError(entry)).length;
  const seconds = entries.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0) / 1000;
  const counts = `tests="${entries.length}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds.toFixed(3)}"`;
  return testSuite("aps image create", counts, entries.map(testCase));
}

/** A suite in a file of its own. */
export function testSuite(name: string, counts: string, cases: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${name}" ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(entry: SummaryEntry): string {
  const { serverId, name, result, reason = "", jobId, imageId, durationMs = 0 } = entry;
  const open = `    <testcase classname="${xml(serverId)}" name="${xml(name)}" time="${(durationMs / 1000).toFixed(3)}"`;
  const facts = [
    imageId === undefined ? undefined : `image ${imageId}`,
    jobId === undefined ? undefined : `job ${jobId}`,
  ];
  const output = facts.filter((fact) => fact !== undefined).join(", ");
  const inner = [
    result === "failed" ? `<failure message="${xml(reason)}" type="failed"/>` : "",
    hasNotEnded(result) ? `<skipped message="${xml(reason)}"/>` : "",
    isError(entry) ? `<error message="${xml(reason)}" type="${xml(result)}"/>` : "",
    output === "" ? "" : `<system-out>${xml(output)}</system-out>`,
  ].join("");
  return inner === "" ? `${open}/>` : `${open}>${inner}</testcase>`;
}

function isError({ result }: SummaryEntry): boolean {
  return result !== "made" && result !== "exists" && result !== "failed" && !hasNotEnded(result);
}

function hasNotEnded(result: SummaryEntry["result"]): boolean {
  return result === "running" || result === "not_started";
}

/** A text within XML. XML 1.0 allows neither control characters nor half characters, not even escaped ones. */
export function xml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[\t\r\n]/g, " ")
    .replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd");
}

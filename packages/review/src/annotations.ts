import type { Report } from "./report.ts";

const levels = { breaking: "error", risky: "warning", safe: "notice" } as const;

/** The report as commands of GitHub Actions, which show it beside the lines. */
export function annotations(report: Report): string {
  const changes = report.changes.map(({ verdict, says, source, rule, exception }) => {
    const place = source === undefined ? {} : { file: source.file, line: source.line };
    const level = exception === undefined ? levels[verdict] : "warning";
    return command(level, { ...place, title: `${verdict}: ${rule}` }, says);
  });
  return [
    ...(report.lint === "" ? [] : [command("error", { title: "linter" }, report.lint)]),
    ...report.versionProblems.map((problem) => command("error", { title: "versions" }, problem)),
    ...changes,
    ...report.idleExceptions.map((text) => command("warning", { title: "exceptions" }, text)),
    "",
  ].join("\n");
}

function command(level: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${level} ${list.join(",")}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

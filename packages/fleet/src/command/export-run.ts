import type { ImageRow } from "../images/image.ts";
import type { RunStatus } from "../runs/status.ts";

/** A run as one document. What a service said may stand in it, but no key ever does. */
export function exportRun(format: "json" | "junit", status: RunStatus, images: readonly ImageRow[]): string {
  return format === "json"
    ? JSON.stringify({ ...status, images: images.map(entryOf) }, null, 2)
    : junit(status, images);
}

/** An image without what only workers need. */
function entryOf({ claim: _claim, baseline: _baseline, ...entry }: ImageRow) {
  return entry;
}

function junit({ run }: RunStatus, images: readonly ImageRow[]): string {
  const cases = images.map((image) => {
    const { serverId, name, state, reason, startedAt, changedAt } = image;
    const seconds = startedAt === null ? 0 : (changedAt.getTime() - startedAt.getTime()) / 1_000;
    const head = `  <testcase classname="${xmlText(serverId)}" name="${xmlText(name)}" time="${seconds.toFixed(3)}"`;
    if (state === "made") return `${head}/>`;
    const said = `message="${xmlText(reason ?? state)}"`;
    const kind = state === "failed" || state === "refused" ? "failure" : state === "in doubt" ? "error" : "skipped";
    return `${head}>\n    <${kind} ${said}/>\n  </testcase>`;
  });
  const count = (...states: string[]) => images.filter(({ state }) => states.includes(state)).length;
  const [failures, errors] = [count("failed", "refused"), count("in doubt")];
  const skipped = images.length - failures - errors - count("made");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${xmlText(run)}" tests="${images.length}" failures="${failures}" errors="${errors}" skipped="${skipped}">`,
    ...cases,
    "</testsuite>",
  ].join("\n");
}

function xmlText(text: string): string {
  // What XML 1.0 does not allow at all is replaced, and not escaped.
  const allowed = text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return allowed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("\n", "&#10;");
}

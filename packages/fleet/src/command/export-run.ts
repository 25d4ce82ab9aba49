import type { ImageRow } from "../images/image.ts";
import type { RolloutRow } from "../rollouts/rollout.ts";
import type { RunStatus } from "../runs/status.ts";

/** A run with all that belongs to it. */
export interface WholeRun {
  readonly status: RunStatus;
  readonly images: readonly ImageRow[];
  readonly rollouts: readonly RolloutRow[];
}

/** A run as one document. What a service said may stand in it, but no key ever does. */
export function exportRun(format: "json" | "junit", run: WholeRun): string {
  if (format === "junit") return junit(run);
  const { status, images, rollouts } = run;
  return JSON.stringify({ ...status, images: images.map(entryOf), rollouts }, null, 2);
}

/** An image without what only workers need. */
function entryOf({ claim: _claim, baseline: _baseline, ...entry }: ImageRow) {
  return entry;
}

/** One case for each image and each rollout. */
interface TestCase {
  readonly of: string;
  readonly name: string;
  readonly seconds: number;
  readonly kind: "passed" | "failure" | "error" | "skipped";
  readonly message: string;
}

function junit({ status: { run }, images, rollouts }: WholeRun): string {
  const cases = [...images.map(imageCase), ...rollouts.map(rolloutCase)];
  const lines = cases.map(({ of, name, seconds, kind, message }) => {
    const head = `  <testcase classname="${xmlText(of)}" name="${xmlText(name)}" time="${seconds.toFixed(3)}"`;
    return kind === "passed" ? `${head}/>` : `${head}>\n    <${kind} message="${xmlText(message)}"/>\n  </testcase>`;
  });
  const count = (kind: TestCase["kind"]) => cases.filter((each) => each.kind === kind).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${xmlText(run)}" tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}">`,
    ...lines,
    "</testsuite>",
  ].join("\n");
}

function imageCase({ serverId, name, state, reason, startedAt, changedAt }: ImageRow): TestCase {
  const seconds = startedAt === null ? 0 : (changedAt.getTime() - startedAt.getTime()) / 1_000;
  const kinds = { made: "passed", failed: "failure", refused: "failure", "in doubt": "error" } as const;
  const kind = kinds[state as keyof typeof kinds] ?? "skipped";
  return { of: serverId, name, seconds, kind, message: reason ?? state };
}

function rolloutCase({ serverGroupId, serverId, state, reason }: RolloutRow): TestCase {
  const ends = ["refused", "incomplete", "stopped", "rolled back"];
  const kind = state === "done" ? "passed" : ends.includes(state) ? "failure" : "skipped";
  return { of: serverGroupId, name: `image of ${serverId}`, seconds: 0, kind, message: reason ?? state };
}

function xmlText(text: string): string {
  // What XML 1.0 does not allow at all is replaced, and not escaped.
  const allowed = text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return allowed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("\n", "&#10;");
}

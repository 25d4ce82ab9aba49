import type { Fault, FaultEffect } from "@workspace-aps/emulator";
import type { Draw } from "../draw.ts";

const longestLagMs = 120_000;
/** The gateway holds a request for no longer. */
const heldMs = 30_000;
const recreate = "RecreateServerImage";
const reads = ["ShowImageServer", "ListImageSubJobs", "ShowImageJob", "ListImageJobs"];

/** What makes a world unkind for one round, drawn from its seed. */
export function unkindFaults(draw: Draw, isShared: boolean): Fault[] {
  const { chance, upTo, oneOf, random } = draw;
  const faults: Fault[] = [];
  const lag = (): FaultEffect => ({ type: "lag", ms: upTo(longestLagMs) });
  for (const operation of reads) if (chance(0.35)) faults.push({ operation, effect: lag() });
  // A service that checks an old state takes what it would refuse: nobody can keep two callers, or copies, apart there.
  const isStale = !isShared && chance(0.15);
  if (isStale) faults.push({ operation: recreate, effect: lag() });
  for (const operation of reads) {
    if (chance(0.1)) faults.push({ operation, probability: 0.3, effect: trouble(draw) });
  }
  const views: [number, () => Fault][] = [
    [0.15, () => ({ operation: "ListImageSubJobs", effect: { type: "hide", forFirstMs: upTo(longestLagMs) } })],
    [0.1, () => ({ operation: "ShowImageJob", effect: { type: "hide", forFirstMs: upTo(longestLagMs) } })],
    [0.03, () => ({ operation: "ListImageSubJobs", effect: { type: "hide", afterEndMs: upTo(600_000) } })],
    [
      0.2,
      () => ({
        operation: "ShowImageJob",
        effect: { type: "lateResult", ms: upTo(60_000), lacks: oneOf(["part", "resource"]) },
      }),
    ],
    [0.1, () => ({ operation: "ListImageSubJobs", effect: { type: "name", form: oneOf(["server", "upper"]) } })],
    [
      0.1,
      () => ({ operation: "ListImageSubJobs", effect: { type: "fields", omit: ["resource_name"], onlyRunning: true } }),
    ],
    [0.05, () => ({ operation: "ListImageSubJobs", effect: { type: "fields", omit: ["begin_time"] } })],
    [0.1, () => ({ effect: { type: "times", form: oneOf(["noZone", "offset", "local", "blank", "epoch"]) } })],
    [0.2, () => ({ effect: { type: "order", by: oneOf(["oldest", "mixed", "random"]) } })],
    [0.2, () => ({ effect: { type: "page", most: 1 + upTo(5) } })],
    [0.1, () => ({ effect: { type: "throttle", requests: 3 + upTo(20), perSeconds: 60 } })],
  ];
  for (const [probability, make] of views) if (chance(probability)) faults.push(make());
  for (let times = 1; chance(times === 1 ? 0.8 : 0.3); times++) {
    faults.push({ operation: recreate, effect: oneOf(losses(upTo, isStale)) });
  }
  if (chance(0.1))
    faults.push({
      operation: recreate,
      from: 1 + upTo(1),
      effect: { type: "job", fate: { fail: { code: "IMG.0008", message: "no" } } },
    });
  return random() < 0.02 ? [] : faults;
}

function trouble({ oneOf }: Draw): FaultEffect {
  return oneOf<FaultEffect>([
    { type: "cut", afterWork: false },
    { type: "answer", status: 503, body: {} },
    { type: "answer", status: 302, headers: { Location: "http://portal.test/" } },
    { type: "answer", status: 403, body: "<html>a firewall</html>" },
    { type: "body", body: "html" },
  ]);
}

/** What becomes of the request for an image. */
function losses(upTo: Draw["upTo"], isStale: boolean): FaultEffect[] {
  const repeated: FaultEffect[] = [
    { type: "replay", answer: "second" },
    { type: "replay", answer: "first" },
    { type: "replay", afterMs: upTo(heldMs) },
  ];
  return [
    { type: "cut", afterWork: false },
    { type: "cut", afterWork: true },
    { type: "cut", afterWork: false, workAfterMs: upTo(heldMs) },
    { type: "answer", status: 502, body: {} },
    { type: "answer", status: 504, body: "<html>", afterWork: true },
    { type: "answer", status: 302, headers: { Location: "/done" }, afterWork: true },
    { type: "answer", status: 429, body: { error_code: "APIGW.0308", error_msg: "limit:5,time:1 minute" } },
    { type: "body", body: "truncated" },
    { type: "body", body: "empty" },
    ...(isStale ? [] : repeated),
  ];
}

import type { Change, Verdict } from "../change.ts";
import { asList, asNode, isNode, type Node, pointerTo } from "../document.ts";
import { namesOf, without } from "./sets.ts";

/** Compares how jobs behave: what a waiting program looks at, for how long, and when it stops. */
export function compareJob(before: Node, after: Node): Change[] {
  return differences(before["x-aps-job"], after["x-aps-job"], ["x-aps-job"]);
}

function differences(was: unknown, is: unknown, steps: readonly string[]): Change[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const name = steps.at(-1) ?? "";
  if (steps.length === 2 && was === undefined)
    return [change("safe", "job-family-added", `The family of jobs \`${name}\` is new.`, steps)];
  if (name === "states") return compareStates(asNode(was), asNode(is), steps);
  if (name === "allowed") return compareAllowed(was, is, steps);
  if (name === "kinds") return compareKinds(asNode(was), asNode(is), steps);
  if (isNode(was) && isNode(is))
    return namesIn(was, is).flatMap((key) => differences(was[key], is[key], [...steps, key]));
  // What was not said at all is news, and whoever waits goes on as before.
  const verdict = was === undefined && verdictOn(steps) === "breaking" ? "risky" : verdictOn(steps);
  return [change(verdict, "job-changed", `${spoken(steps)} was ${said(was)}, is ${said(is)}.`, steps)];
}

/** Words are safe, and so is an estimate. A pace or a limit only delays. All else decides what a waiting program does. */
function verdictOn(steps: readonly string[]): Verdict {
  const [name = "", holder = ""] = steps.toReversed();
  if (name === "description" || name === "typicalSeconds" || steps.includes("x-aps-source")) return "safe";
  const isRisky =
    holder === "pace" ||
    holder === "server" ||
    steps.includes("machine") ||
    name === "limitSeconds" ||
    name === "produces";
  return isRisky ? "risky" : "breaking";
}

/** A state that is in no list is waited on, so that a new one in the list of waiting changes nothing. */
function compareStates(was: Node, is: Node, steps: readonly string[]): Change[] {
  const [before, after] = [classesOf(was), classesOf(is)];
  return namesIn(Object.fromEntries(before), Object.fromEntries(after)).flatMap((state) => {
    const [from, to] = [before.get(state), after.get(state)];
    if (from === to) return [];
    const says = `The state \`${state}\` of ${steps.includes("subJobs") ? "a sub-job" : "a job"} meant ${from ?? "nothing"}, means ${to ?? "nothing"}.`;
    return [change(stateVerdict(from, to), "job-state-changed", says, [...steps, to ?? from ?? ""])];
  });
}

function stateVerdict(from: string | undefined, to: string | undefined): Verdict {
  if (from === undefined) return to === "waiting" ? "safe" : "risky";
  return to === undefined && from === "waiting" ? "risky" : "breaking";
}

function classesOf(states: Node): Map<string, string> {
  return new Map(Object.entries(states).flatMap(([name, list]) => asList(list).map((state) => [String(state), name])));
}

function compareAllowed(was: unknown, is: unknown, steps: readonly string[]): Change[] {
  const lost = without(was, is);
  const gained = without(is, was);
  return [
    ...(lost.length === 0
      ? []
      : [change("breaking", "job-states-narrowed", `${spoken(steps)} lost ${namesOf(lost)}.`, steps)]),
    ...(gained.length === 0
      ? []
      : [change("safe", "job-states-widened", `${spoken(steps)} gained ${namesOf(gained)}.`, steps)]),
  ];
}

function compareKinds(was: Node, is: Node, steps: readonly string[]): Change[] {
  return namesIn(was, is).flatMap((kind) => {
    if (was[kind] === undefined)
      return [change("safe", "job-kind-added", `The kind of job \`${kind}\` is new.`, [...steps, kind])];
    if (is[kind] === undefined)
      return [change("breaking", "job-kind-removed", `The kind of job \`${kind}\` was removed.`, [...steps, kind])];
    return differences(was[kind], is[kind], [...steps, kind]);
  });
}

function change(verdict: Verdict, rule: string, says: string, steps: readonly string[]): Change {
  return { verdict, rule, says, pointer: pointerTo(...steps) };
}

function namesIn(was: Node, is: Node): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])];
}

function spoken(steps: readonly string[]): string {
  return `\`${steps.slice(1).join(".") || "x-aps-job"}\``;
}

function said(value: unknown): string {
  return value === undefined ? "left out" : isNode(value) ? "described" : `\`${JSON.stringify(value)}\``;
}

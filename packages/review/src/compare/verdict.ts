import type { Verdict } from "../change.ts";
import { compareSchemas } from "../schema/compare.ts";
import type { Difference, Kind } from "../schema/difference.ts";
import { differingValue } from "../schema/differing-value.ts";
import type { Sides } from "../schema/scalars.ts";

/** A change without the place where it is written. */
export interface Found {
  readonly verdict: Verdict;
  readonly rule: string;
  readonly says: string;
  /** Steps from the document, with references followed. */
  readonly steps: readonly string[];
}

/** What in an answer a caller cannot be ready for. Longer texts or one more value of a list are less grave. */
const grave: readonly Kind[] = ["type", "null", "presence", "content", "choice"];

/** The changes of a schema, judged for callers: what they send must still be taken, what they get must be as it was. */
export function schemaChanges(sides: Sides, old: unknown, is: unknown, steps: readonly string[]): Found[] {
  return compareSchemas(sides, old ?? true, is ?? true).map((one) => judged(sides, one, steps));
}

function judged(sides: Sides, given: Difference, steps: readonly string[]): Found {
  const one = decided(sides, given);
  const { direction } = sides.new;
  const isRequest = direction === "request";
  const counts = isRequest ? one.loses : one.gains;
  const verdict = one.verdict ?? (counts === "no" ? "safe" : isGrave(isRequest, one) ? "breaking" : "risky");
  const way = one.loses !== "no" && one.gains !== "no" ? "changed" : one.loses !== "no" ? "narrowed" : "widened";
  const isOpen = one.verdict === undefined && counts === "unknown";
  const rule =
    one.kind === "note" ? one.rule : `${direction}-${one.rule ?? `${one.kind}-${isOpen ? "undecided" : way}`}`;
  const names = fieldOf([...steps, ...one.steps]);
  const undecided = isOpen
    ? ` It cannot be decided whether callers ${isRequest ? "may be refused" : "may get something else"}.`
    : "";
  return {
    verdict,
    rule: rule ?? one.kind,
    says: `${names === "" ? "" : `\`${names}\`: `}${one.says}${undecided}`,
    steps: [...steps, ...one.steps, ...(hasKeyword(one) ? [one.keyword] : [])],
  };
}

function isGrave(isRequest: boolean, { kind, gains, loses }: Difference): boolean {
  return isRequest ? loses === "yes" : gains === "yes" && grave.includes(kind);
}

/** What could not be decided by rules may be by a value that one side takes and the other does not. */
function decided(sides: Sides, one: Difference): Difference {
  if (one.between === undefined || one.verdict !== undefined) return one;
  const isRequest = sides.new.direction === "request";
  const [way, from, to] = isRequest
    ? (["loses", sides.old, sides.new] as const)
    : (["gains", sides.new, sides.old] as const);
  if (one[way] !== "unknown") return one;
  const [inner, outer] = isRequest ? one.between : [one.between[1], one.between[0]];
  const value = differingValue({ schema: inner, side: from }, { schema: outer, side: to });
  if (value === undefined) return one;
  const says = `${one.says} ${isRequest ? "It was" : "It is"} possible ${isRequest ? "before" : "now"}: \`${value}\`.`;
  return { ...one, [way]: "yes", says };
}

function hasKeyword({ keyword, steps }: Difference): boolean {
  return keyword !== "properties" && !(keyword === "patternProperties" && steps.includes(keyword));
}

/** The field that steps lead to, as a caller writes it: `items[].name`. */
function fieldOf(steps: readonly string[]): string {
  let [name, isInSchema] = ["", false];
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index];
    if (!isInSchema) isInSchema = step === "schema";
    else if (step === "properties" || step === "patternProperties") {
      index += 1;
      name += `${name === "" ? "" : "."}${steps[index]}`;
    } else if (step === "items" || step === "prefixItems") name += "[]";
    else if (step === "additionalProperties") name += `${name === "" ? "" : "."}*`;
  }
  return name;
}

import { combineTransformers, DFA, type Expression, JS, NFA, type NoParent, Transformers, transform } from "refa";

/** Automata of more nodes than this take longer than a reader waits. */
const maxNodes = 10_000;

const known = new Map<string, NFA | undefined>();

/**
 * The texts in which JSON Schema finds a pattern. It looks anywhere in a text, so that open ends take anything.
 *
 * @returns undefined for a pattern whose texts cannot be told, such as one that looks around in its middle.
 */
export function automatonOf(pattern: string): NFA | undefined {
  if (!known.has(pattern)) known.set(pattern, made(pattern));
  return known.get(pattern);
}

/** Every text of a length, in code points. */
export function lengthBetween(low: number, high: number): NFA {
  return fromExpression(parsed(`[^]{${low},${Number.isFinite(high) ? high : ""}}`), {});
}

/** The texts that two sets have in common. */
export function common(a: NFA, b: NFA): NFA {
  return NFA.fromIntersection(a, b, new NFA.LimitedNodeFactory(maxNodes));
}

/** Every text that is not in a set. */
export function without(set: NFA): NFA {
  const complete = DFA.fromFA(set, new DFA.LimitedNodeFactory(maxNodes));
  complete.complement();
  return NFA.fromFA(complete);
}

function made(pattern: string): NFA | undefined {
  try {
    const { core, refused, asked } = parted(pattern);
    if (/\(\?<?[=!]|\\b|\\B|\\[1-9k]/.test(core)) return undefined;
    const all = [
      plain(`[^]*(?:${core})[^]*`),
      ...refused.map((one) => without(plain(one))),
      ...asked.map((one) => plain(one)),
    ];
    return all.reduce(common);
  } catch {
    return undefined;
  }
}

/** Looking ahead at the start, and behind at the end, is a set of texts of its own: one that is asked for or refused. */
function parted(pattern: string): { core: string; refused: string[]; asked: string[] } {
  const [refused, asked]: [string[], string[]] = [[], []];
  let core = pattern;
  for (let open = /^\^\(\?([=!])/.exec(core); open !== null; open = /^\^\(\?([=!])/.exec(core)) {
    const end = closing(core, 1);
    (open[1] === "!" ? refused : asked).push(`^(?:${core.slice(4, end)})[^]*`);
    core = `^${core.slice(end + 1)}`;
  }
  const behind = /\(\?<([=!])([^()]*)\)\$$/.exec(core);
  if (behind !== null) {
    (behind[1] === "!" ? refused : asked).push(`[^]*(?:${behind[2]})$`);
    core = `${core.slice(0, behind.index)}$`;
  }
  return { core, refused, asked };
}

/** Where the bracket ends that begins at a place. */
function closing(pattern: string, start: number): number {
  let [depth, isInClass] = [0, false];
  for (let index = start; index < pattern.length; index += 1) {
    const sign = pattern[index];
    if (sign === "\\") index += 1;
    else if (isInClass) isInClass = sign !== "]";
    else if (sign === "[") isInClass = true;
    else if (sign === "(") depth += 1;
    else if (sign === ")" && --depth === 0) return index;
  }
  throw new Error("A bracket is not closed.");
}

function plain(source: string): NFA {
  const free = { ignoreAmbiguity: true, ignoreOrder: true } as const;
  const applied = transform(
    combineTransformers([Transformers.simplify(free), Transformers.applyAssertions(free)]),
    parsed(source),
  );
  // The whole text is meant: nothing stands before it or after it, as the anchors that are left ask.
  const bare = transform(Transformers.patternEdgeAssertions({ remove: true }), applied);
  return fromExpression(bare, { assertions: "throw" });
}

function fromExpression(expression: NoParent<Expression>, options: NFA.FromRegexOptions): NFA {
  return NFA.fromRegex(expression, { maxCharacter: 0x10ffff }, options, new NFA.LimitedNodeFactory(maxNodes));
}

function parsed(source: string): Expression {
  return JS.Parser.fromLiteral({ source, flags: "u" }).parse({ maxNodes }).expression;
}

import { type CharSet, type NFA, Words } from "refa";

type State = NFA.ReadonlyNode;

/** The shortest text of a set; undefined for an empty one. */
export function shortestText(set: NFA): string | undefined {
  const cameFrom = new Map<State, { readonly state: State; readonly signs: CharSet } | undefined>([
    [set.initial, undefined],
  ]);
  for (const state of cameFrom.keys()) {
    if (set.finals.has(state as NFA.Node)) return textTo(state, cameFrom);
    for (const [next, signs] of state.out) if (!cameFrom.has(next)) cameFrom.set(next, { state, signs });
  }
  return undefined;
}

function textTo(
  end: State,
  cameFrom: ReadonlyMap<State, { readonly state: State; readonly signs: CharSet } | undefined>,
): string {
  const signs: CharSet[] = [];
  for (let step = cameFrom.get(end); step !== undefined; step = cameFrom.get(step.state)) signs.unshift(step.signs);
  return written(signs);
}

/**
 * A text of a set, found by walking about in it.
 *
 * @param random gives numbers from 0 up to 1.
 */
export function anyText(set: NFA, random: () => number): string | undefined {
  const left = stepsToEnd(set);
  if (!left.has(set.initial)) return undefined;
  const signs: CharSet[] = [];
  for (let state: State = set.initial; ; ) {
    const isEnd = set.finals.has(state as NFA.Node);
    const ways = [...state.out].filter(([next]) => left.has(next));
    if (ways.length === 0 || (isEnd && random() < 0.3)) return written(signs);
    const shortest = Math.min(...ways.map(([next]) => left.get(next) ?? Infinity));
    if (isEnd && signs.length > 30) return written(signs);
    const open = signs.length > 30 ? ways.filter(([next]) => left.get(next) === shortest) : ways;
    const [next, chars] = open[Math.floor(random() * open.length)] as [State, CharSet];
    signs.push(chars);
    state = next;
  }
}

function stepsToEnd(set: NFA): Map<State, number> {
  const before = new Map<State, State[]>();
  for (const state of set.nodes()) {
    for (const next of state.out.keys()) before.set(next, [...(before.get(next) ?? []), state]);
  }
  const steps = new Map<State, number>([...set.finals].map((state) => [state, 0]));
  for (const [state, count] of steps) {
    for (const former of before.get(state) ?? []) if (!steps.has(former)) steps.set(former, count + 1);
  }
  return steps;
}

function written(signs: CharSet[]): string {
  return Words.fromUnicodeToString(Words.pickMostReadableWord(signs) ?? []);
}

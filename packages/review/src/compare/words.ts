import { follow, isNode, type Node } from "../document.ts";
import { stable } from "../schema/side.ts";
import { isWord } from "../schema/words.ts";
import type { Found } from "./verdict.ts";

/** Objects whose members have names of their own. */
const maps = new Set(
  "properties patternProperties dependentSchemas paths webhooks responses headers content variables encoding".split(
    " ",
  ),
);

/** What is compared elsewhere, or is nothing to be read. */
const passed = new Set(["components", "x-aps-job", "x-aps-error-codes", "x-aps-sources", "info", "$defs", "$comment"]);

const spoken: Readonly<Record<string, string>> = {
  description: "The description was reworded.",
  summary: "The summary was reworded.",
  title: "The title was reworded.",
  example: "The example was changed.",
  examples: "The examples were changed.",
  "x-aps-quirks": "What is told about contradictions was changed.",
  "x-aps-source": "The source was changed.",
};

interface Word {
  readonly key: string;
  readonly steps: readonly string[];
}

/** Compares what is said to people. Where it is said does not matter, as long as it is said. */
export function compareWords(before: Node, after: Node): Found[] {
  const [was, is] = [wordsOf(before), wordsOf(after)];
  const gained = [...is].filter(([text]) => !was.has(text)).map(([, word]) => word);
  const places = new Set(gained.map(({ steps }) => steps.join("\n")));
  const lost = [...was].filter(([text, { steps }]) => !is.has(text) && !places.has(steps.join("\n")));
  return [
    ...gained.map((word) => told(word, "changed")),
    ...lost.map(([, word]) => told(word, "left-out")),
    ...compareTold(before, after),
  ];
}

function told({ key, steps }: Word, how: "changed" | "left-out"): Found {
  const says = how === "changed" ? (spoken[key] ?? `\`${key}\` was changed.`) : `What \`${key}\` said is left out.`;
  return { verdict: "safe", rule: `${key}-${how}`, says, steps };
}

/** Every text, by its field and what it says, with the first place where it is said. References are followed once. */
function wordsOf(document: Node): Map<string, Word> {
  const found = new Map<string, Word>();
  const seen = new Set<unknown>();
  const visit = (value: unknown, steps: readonly string[], isMap: boolean): void => {
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) visit(item, [...steps, String(index)], false);
    if (!isNode(value) || seen.has(value.$ref)) return;
    if (typeof value.$ref === "string") {
      seen.add(value.$ref);
      visit(follow(document, value), steps, isMap);
    }
    for (const [key, child] of Object.entries(value)) {
      const at = [...steps, key];
      if (!isMap && passed.has(key)) continue;
      if (isMap || !isWord(key)) visit(child, at, !isMap && maps.has(key));
      else {
        const text = `${key} ${stable(resolved(document, child, 0))}`;
        if (!found.has(text)) found.set(text, { key, steps: at });
      }
    }
  };
  visit(document, [], false);
  return found;
}

function resolved(document: Node, value: unknown, depth: number): unknown {
  if (depth > 30) return value;
  if (Array.isArray(value)) return value.map((item) => resolved(document, item, depth + 1));
  if (!isNode(value)) return value;
  if (typeof value.$ref === "string") return resolved(document, follow(document, value), depth + 1);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, resolved(document, child, depth + 1)]));
}

/** What the whole document says of itself. */
function compareTold(before: Node, after: Node): Found[] {
  return [
    ["info", "What the document says of itself, such as its version, was changed."],
    ["x-aps-sources", "The list of sources was changed."],
  ].flatMap(([part = "", says = ""]): Found[] => {
    const [was, is] = [before, after].map((document) => stable(document[part]));
    return was === is ? [] : [{ verdict: "safe", rule: `${part}-changed`, says, steps: [part] }];
  });
}

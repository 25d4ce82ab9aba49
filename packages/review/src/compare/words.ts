import { asNode, isNode, type Node } from "../document.ts";
import { stable } from "../schema/side.ts";
import { isWord } from "../schema/words.ts";
import type { Found } from "./verdict.ts";

/** Objects whose members have names of their own. */
const maps = new Set(
  "properties patternProperties dependentSchemas paths webhooks responses headers content examples parameters schemas".split(
    " ",
  ),
);

/** Facts with a comparison of their own. */
const facts = new Set(["x-aps-job", "x-aps-error-codes", "x-aps-sources"]);

const spoken: Readonly<Record<string, string>> = {
  description: "The description was reworded.",
  summary: "The summary was reworded.",
  title: "The title was reworded.",
  example: "The example was changed.",
  examples: "The examples were changed.",
  links: "The links to other operations were changed.",
  "x-aps-quirks": "What is told about contradictions was changed.",
  "x-aps-source": "The source was changed.",
};

/** Compares what is said to people, where both documents have the place. */
export function compareWords(before: Node, after: Node): Found[] {
  return [...differences(before, after, [], false), ...compareTold(before, after)];
}

function differences(was: unknown, is: unknown, steps: readonly string[], isMap: boolean): Found[] {
  if (was === is) return [];
  if (Array.isArray(was) && Array.isArray(is)) {
    return is.flatMap((item, index) => differences(was[index], item, [...steps, String(index)], false));
  }
  if (!isNode(was) || !isNode(is)) return [];
  const keys = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...keys].flatMap((key): Found[] => {
    const at = [...steps, key];
    if (!isMap && facts.has(key)) return [];
    if (isMap || !isWord(key) || key.startsWith("$"))
      return differences(was[key], is[key], at, maps.has(key) && !isMap);
    if (stable(was[key]) === stable(is[key])) return [];
    const says = spoken[key] ?? `\`${key}\` was changed.`;
    return [{ verdict: "safe", rule: `${key}-changed`, says, steps: at }];
  });
}

/** What the whole document says of itself. */
function compareTold(before: Node, after: Node): Found[] {
  const told = (part: string, says: string, of: (document: Node) => unknown): Found[] =>
    stable(of(before)) === stable(of(after)) ? [] : [{ verdict: "safe", rule: `${part}-changed`, says, steps: [part] }];
  const info = ({ info }: Node) => {
    const { title: _, summary: __, description: ___, ...rest } = asNode(info);
    return rest;
  };
  return [
    ...told("info", "What the document says of itself, such as its version, was changed.", info),
    ...told("tags", "The groups of operations are described otherwise.", ({ tags }) => tags).filter(
      () => stable(withoutWords(before.tags)) !== stable(withoutWords(after.tags)),
    ),
    ...told("x-aps-sources", "The list of sources was changed.", (document) => document["x-aps-sources"]),
    // The components with examples stand by themselves.
    ...told("examples", "Examples were changed.", ({ components }) => asNode(components).examples).map((one) => ({
      ...one,
      steps: [
        "components",
        "examples",
        firstDifference(asNode(asNode(before.components).examples), asNode(asNode(after.components).examples)),
      ],
    })),
  ];
}

function withoutWords(tags: unknown): unknown {
  return Array.isArray(tags) ? tags.map((tag) => asNode(tag).name) : tags;
}

function firstDifference(before: Node, after: Node): string {
  const names = [...Object.keys(after), ...Object.keys(before)];
  return names.find((name) => stable(before[name]) !== stable(after[name])) ?? "";
}

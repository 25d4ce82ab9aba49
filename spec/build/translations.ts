import { createHash } from "node:crypto";
import { openapiOverlay } from "openapi-format";
import { stringify } from "yaml";
import type { Json } from "./document.ts";

/** What readers see of one object of the contract. */
export interface Prose {
  /** JSONPath of the object in the bundle. */
  readonly target: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** An OpenAPI Overlay whose actions translate. */
export interface Overlay {
  readonly actions: readonly Translation[];
}

/** One action of an overlay: the texts of one object in another language. */
export interface Translation {
  readonly target: string;
  readonly update: Readonly<Record<string, string>>;
  /** Digest of the English texts that were translated, which shows that they have changed since. */
  readonly "x-aps-translates": string;
  readonly [extension: `x-${string}`]: unknown;
}

/** The properties that hold prose. Names, titles of documents and example values stay as they are. */
const PROSE = new Set([
  "x-displayName",
  "summary",
  "description",
  "meaning",
  "causes",
  "remedy",
  "says",
  "decision",
  "reason",
]);

/** What tells the items of a list apart. */
const KEYS = ["id", "code", "status", "name", "url"];

/** Every object of a bundle that holds prose, in the order of the document. */
export function proseOf(bundle: Json): Prose[] {
  const found: Prose[] = [];
  visit(bundle, "$", "");
  return found;

  function visit(node: Json, target: string, name: string): void {
    if (name === "value" || name === "x-aps-sources" || typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) visit(item, `${target}[${selectorOf(item) || index}]`, "");
      return;
    }
    const isNames = name === "properties";
    const texts = Object.entries(node).filter(
      ([key, value]) => !isNames && PROSE.has(key) && typeof value === "string",
    );
    if (texts.length > 0) found.push({ target, texts: Object.fromEntries(texts) as Record<string, string> });
    for (const [key, value] of Object.entries(node)) visit(value, `${target}${step(key)}`, isNames ? "" : key);
  }
}

/** The contract in another language: the bundle with the overlays applied. */
export async function translate(bundle: Json, overlays: readonly Overlay[]): Promise<Json> {
  const actions = overlays.flatMap((overlay) => overlay.actions);
  const { data } = await openapiOverlay(structuredClone(bundle), { overlaySet: { overlay: "1.0.0", actions } });
  return data;
}

/** What is missing, stale or left over in a translation, each with what to do. Empty when it is whole. */
export function problemsOf(bundle: Json, overlays: readonly Overlay[]): string[] {
  const given = new Map(overlays.flatMap(({ actions }) => actions.map((action) => [action.target, action] as const)));
  const wanted = proseOf(bundle);
  const targets = new Set(wanted.map(({ target }) => target));
  const left = [...given.keys()].filter((target) => !targets.has(target));
  return [
    ...left.map((target) => `${target} has no text in the contract. Remove its action.`),
    ...wanted.flatMap(({ target, texts }) => {
      const action = given.get(target);
      const skeleton = stringify([{ target, "x-aps-translates": digestOf(texts), update: texts }]);
      if (action === undefined) return [`${target} is not translated. Translate and add:\n${skeleton}`];
      if (action["x-aps-translates"] !== digestOf(texts) || !sameKeys(action.update, texts))
        return [`${target} has changed in the contract since it was translated. It is now:\n${skeleton}`];
      return [];
    }),
  ];
}

/** Names a state of the English texts in twelve digits. */
export function digestOf(texts: Readonly<Record<string, string>>): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 12);
}

function sameKeys(one: object, other: object): boolean {
  return Object.keys(one).toSorted().join() === Object.keys(other).toSorted().join();
}

function step(key: string): string {
  return /^[A-Za-z_][\w]*$/.test(key) ? `.${key}` : `['${key}']`;
}

/** Selects an item of a list by what tells it apart, so that its place may change. Empty when nothing does. */
function selectorOf(item: Json): string {
  const known = KEYS.filter((key) => ["string", "number"].includes(typeof item?.[key]));
  const tests = known.map((key) => `@.${key}==${typeof item[key] === "number" ? item[key] : `'${item[key]}'`}`);
  return tests.length === 0 ? "" : `?${tests.join(" && ")}`;
}

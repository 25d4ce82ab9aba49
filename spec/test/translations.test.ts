import { describe, expect, it, test } from "vitest";
import { digestOf, problemsOf, proseOf, translate } from "../build/translations.ts";
import { languages, overlaysOf } from "../build/translations-of.ts";
import { read } from "./bundle.ts";

const translations = languages().flatMap((language) => [
  { language, document: "openapi", least: 400 } as const,
  { language, document: "ims", least: 150 } as const,
]);

describe.each(translations)("the translation of $document to $language", ({ document, language, least }) => {
  const bundle = read(`${document}.json`);
  const built = read(`${document}.${language}.json`);

  it("has every text of the contract, none of them stale", () => {
    expect(problemsOf(bundle, overlaysOf(document, language))).toEqual([]);
  });

  it("changes prose and nothing else", () => {
    expect(proseOf(bundle).length).toBeGreaterThan(least);
    expect(withoutProse(built)).toEqual(withoutProse(bundle));
  });

  it("leaves no text in English", () => {
    const english = proseOf(built).filter(({ texts }) =>
      Object.values(texts).some((text) => !/\p{Script=Han}/u.test(text)),
    );
    expect(english).toEqual([]);
  });

  it("keeps every name, code and number that a text mentions", () => {
    const names = /`[^`]+`|\b[A-Z]{3,}(?:_[A-Z]+)+\b|\b[a-z]+(?:_[a-z]+)+\b|\b\d+\b/g;
    const translated = new Map(proseOf(built).map(({ target, texts }) => [target, texts]));
    const lost = proseOf(bundle).flatMap(({ target, texts }) =>
      Object.entries(texts).flatMap(([key, text]) =>
        (text.match(names) ?? [])
          .filter((name) => !translated.get(target)?.[key]?.includes(name))
          .map((name) => `${target}.${key}: ${name}`),
      ),
    );
    expect(lost).toEqual([]);
  });
});

describe("what is wrong with a translation", () => {
  const bundle = { info: { summary: "One." }, tags: [{ name: "A", description: "Two." }] };
  const info = { target: "$.info", "x-aps-translates": digestOf({ summary: "One." }), update: { summary: "Eins." } };
  const tag = {
    target: "$.tags[?@.name=='A']",
    "x-aps-translates": digestOf({ description: "Two." }),
    update: { description: "Zwei." },
  };

  test("nothing, when every text is there and fresh", async () => {
    expect(problemsOf(bundle, [{ actions: [info, tag] }])).toEqual([]);
    const german = { info: { summary: "Eins." }, tags: [{ name: "A", description: "Zwei." }] };
    expect(await translate(bundle, [{ actions: [info, tag] }])).toEqual(german);
  });

  test("a missing text, with the action to add", () => {
    const [problem] = problemsOf(bundle, [{ actions: [info] }]);
    expect(problem).toContain("$.tags[?@.name=='A'] is not translated.");
    expect(problem).toContain(`x-aps-translates: ${tag["x-aps-translates"]}`);
  });

  test("a text that has changed since, with what it is now", () => {
    const changed = { ...bundle, info: { summary: "One more." } };
    const [problem, ...others] = problemsOf(changed, [{ actions: [info, tag] }]);
    expect(problem).toMatch(/^\$\.info has changed .*One more\./s);
    expect(others).toEqual([]);
  });

  test("a text that is gone", () => {
    const { tags: _, ...less } = bundle;
    expect(problemsOf(less, [{ actions: [info, tag] }])).toEqual([
      "$.tags[?@.name=='A'] has no text in the contract. Remove its action.",
    ]);
  });
});

/** A document with every text in its place emptied. */
function withoutProse(document: unknown): unknown {
  const keys = new Set(proseOf(document).flatMap((prose) => Object.keys(prose.texts)));
  const isText = (key: string, value: unknown) => keys.has(key) && typeof value === "string";
  return JSON.parse(JSON.stringify(document, (key, value) => (isText(key, value) ? "" : value)));
}

import { describe, expect, it } from "vitest";
import { gravest } from "../change.ts";
import { edited } from "../edits/all.ts";
import { everywhere } from "../edits/everywhere.ts";
import { parameterEdits, schemaEdits } from "../edits/schemas.ts";
import { smallDocument } from "../edits/small-document.ts";
import { placesOf } from "../mutants/places.ts";
import { documentRewritings } from "../rewritings/document-rewritings.ts";
import { schemaRewritings } from "../rewritings/schema-rewritings.ts";
import { changesBetween } from "./contract.ts";

const text = JSON.stringify(smallDocument());
const edits = [...schemaEdits(0, 1), ...parameterEdits(0, 1), ...everywhere];

describe("the verdict on one edit of a small document", () => {
  it.each(edits.map((one) => [one.name, one.expected, one] as const))("%s: %s", (_name, expected, edit) => {
    const { before, after } = edited(text, edit);
    const changes = changesBetween(before, after);
    expect([gravest(changes) ?? "unchanged", changes]).toEqual([expected, changes]);
  });
});

describe("a small document, written otherwise", () => {
  const changes = (document: object) => changesBetween(JSON.parse(text), JSON.parse(JSON.stringify(document)));

  it("has no change against itself", () => expect(changes(JSON.parse(text))).toEqual([]));

  it.each(documentRewritings.map((one) => [one.name, one] as const))("has no change: %s", (_, { apply }) => {
    const document = JSON.parse(text);
    apply(document);
    expect(changes(document)).toEqual([]);
  });

  it.each(schemaRewritings.map((one) => [one.name, one] as const))("has no change: %s", (_, { apply }) => {
    for (const index of placesOf(JSON.parse(text)).keys()) {
      const document = JSON.parse(text);
      const place = placesOf(document)[index];
      if (place !== undefined && apply(place, document))
        expect([place.where, changes(document)]).toEqual([place.where, []]);
    }
  });
});

it("says where a change is, what it is, and what shows it", () => {
  const document = JSON.parse(text);
  document.components.schemas.Thing.properties.id = { type: ["string", "null"], pattern: "^[0-9]+$" };
  const [change] = changesBetween(JSON.parse(text), document);
  expect(change).toMatchObject({ verdict: "breaking", rule: "answer-null-widened", says: "`id`: It can be null now." });
  expect(change?.pointer).toBe(
    "#/paths/~1things~1{id}/get/responses/200/content/application~1json/schema/properties/id/type",
  );
});

it("says that it cannot decide, and is then not mild", () => {
  const of = (pattern: string) => {
    const document = JSON.parse(text);
    document.components.schemas.Thing.properties.id.pattern = pattern;
    return document;
  };
  const [change] = changesBetween(of("^a(?=b)[bc]+$"), of("^a(?=b)[bcd]+$"));
  expect(change).toMatchObject({ verdict: "risky" });
  expect(change?.says).toContain("It cannot be decided whether callers may get something else.");
});

import { describe, expect, it } from "vitest";
import { seeded } from "../../../scripts/suite/seeded.ts";
import { changesBetween } from "./compare/contract.ts";
import { documentNames, documentText } from "./edits/all.ts";
import { placesOf } from "./mutants/places.ts";
import { documentRewritings } from "./rewritings/document-rewritings.ts";
import { schemaRewritings } from "./rewritings/schema-rewritings.ts";

describe.each(documentNames)("%s, written otherwise", async (name) => {
  const text = await documentText(name);
  const changes = (document: object) => changesBetween(JSON.parse(text), JSON.parse(JSON.stringify(document)));

  it("has no change against itself", () => expect(changes(JSON.parse(text))).toEqual([]));

  it.each(documentRewritings.map((one) => [one.name, one] as const))("has no change: %s", (_, { apply }) => {
    const document = JSON.parse(text);
    apply(document);
    expect(changes(document)).toEqual([]);
  });

  it.each(schemaRewritings.map((one, index) => [one.name, one, index] as const))(
    "has no change: %s",
    (_, { apply }, index) => {
      const random = seeded(index);
      let made = 0;
      for (let attempt = 0; attempt < 60 && made < 6; attempt += 1) {
        const document = JSON.parse(text);
        const places = placesOf(document);
        const place = places[Math.floor(random() * places.length)];
        if (place === undefined || !apply(place, document)) continue;
        made += 1;
        expect([place.where, changes(document)]).toEqual([place.where, []]);
      }
    },
  );

  it("has no change after many rewritings at once", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = seeded(seed);
      const document = JSON.parse(text);
      const done: string[] = [];
      for (let step = 0; step < 12; step += 1) {
        const places = placesOf(document);
        const [place, one] = [places, schemaRewritings].map((list) => list[Math.floor(random() * list.length)]) as [
          (typeof places)[0],
          (typeof schemaRewritings)[0],
        ];
        if (one.apply(place, document)) done.push(`${one.name} at ${place.where}`);
      }
      expect([done, changes(document)]).toEqual([done, []]);
    }
  });
});

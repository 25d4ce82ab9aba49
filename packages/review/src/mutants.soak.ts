/// <reference types="vite/client" />
import { describe, expect, it } from "vitest";
import { roundsOf } from "../../../scripts/suite/rounds.ts";
import { seeded } from "../../../scripts/suite/seeded.ts";
import { gravest } from "./change.ts";
import { changesBetween } from "./compare/contract.ts";
import { documentNames, documentText } from "./edits/all.ts";
import { mutantsOf } from "./mutants/mutants.ts";

/** Over all documents. */
const wanted = roundsOf({ usual: 150, long: 2_100 }, import.meta.env.MODE);
const wantedOfEach = Math.ceil(wanted / documentNames.length);

describe.each(documentNames)("mutants of %s", async (name) => {
  const text = await documentText(name);

  it("are never safe where callers must hear of them, and never breaking where they need not", () => {
    const missed: string[] = [];
    let made = 0;
    for (const mutant of mutantsOf(JSON.parse(text), seeded(7))) {
      made += 1;
      const verdict = gravest(changesBetween(JSON.parse(text), mutant.document)) ?? "unchanged";
      const isMild = mutant.breaks && (verdict === "safe" || verdict === "unchanged");
      if (isMild || (!mutant.breaks && verdict === "breaking")) missed.push(`${verdict}: ${mutant.name}`);
      if (made >= wantedOfEach) break;
    }
    expect(missed).toEqual([]);
    expect(made).toBe(wantedOfEach);
  });
});

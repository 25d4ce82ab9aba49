import { expect, it } from "vitest";
import { roundsOf } from "../../../../scripts/suite/rounds.ts";
import { unkindRound } from "./unkind-round.ts";

const isLong = import.meta.env.MODE === "soak";
const rounds = roundsOf({ usual: 16, long: 2_000 }, import.meta.env.MODE);
const first = isLong ? 1_000 : 1;

it(`in ${rounds} unkind worlds, nobody is thrown out, and nothing is left unnamed`, async () => {
  const results: Record<string, number> = {};
  const wrong: string[] = [];
  for (let seed = first; seed < first + rounds; seed++) {
    const round = await unkindRound(seed);
    results[round.result] = (results[round.result] ?? 0) + 1;
    if (round.wrong !== undefined) wrong.push(`seed ${seed} (${round.kills} kills, ${round.result}): ${round.wrong}`);
  }
  console.info(results);
  expect(wrong).toEqual([]);
  // Otherwise the worlds are too unkind for anything to be shown.
  expect(results.done ?? 0).toBeGreaterThan(rounds / 5);
});

import { expect, it } from "vitest";
import { unkindRound } from "./unkind-round.ts";

const isLong = import.meta.env.MODE === "soak";
const rounds = isLong ? 2_000 : 16;
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

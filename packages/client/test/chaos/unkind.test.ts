import { expect, it } from "vitest";
import { roundsOf } from "../../../../scripts/suite/rounds.ts";
import { type Round, unkindRound } from "./unkind-round.ts";

/** The long part runs all rounds; the ordinary tests a share of them. */
const rounds = roundsOf({ usual: 40, long: 10_000 }, import.meta.env.MODE);
const atOnce = 20;

it(`in an unkind world an image is made once, never lost, and never an old one, in ${rounds} rounds`, async () => {
  const results: Round[] = [];
  const seeds = Array.from({ length: rounds }, (_, index) => index + 1);
  const worker = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) results.push(await unkindRound(seed));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const count = (part: string) => results.filter(({ outcome }) => outcome.includes(part)).length;
  console.log(
    ["made", "failed", "refused", "in doubt", "goes on"].map((part) => `${part} ${count(part)}`).join(", "),
    `of ${rounds}`,
  );
  expect(results.filter(({ wrong }) => wrong !== undefined)).toEqual([]);
  expect(results).toHaveLength(rounds);
  expect(count("in doubt") / rounds).toBeLessThanOrEqual(0.02);
});

import { expect, it } from "vitest";
import { roundsOf } from "../../../../scripts/suite/rounds.ts";
import { chaosRound, type Round } from "./kind-round.ts";

/** `npm run soak` runs all rounds; the ordinary tests a share of them. */
const rounds = roundsOf({ usual: 25, long: 2_000 }, import.meta.env.MODE);

it(`an image is made once and never lost, in ${rounds} rounds of faults`, async () => {
  const results: Round[] = [];
  const seeds = Array.from({ length: rounds }, (_, index) => index + 1);
  const worker = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) results.push(await chaosRound(seed));
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  expect(results.filter((round) => round.wrong !== undefined)).toEqual([]);
  expect(results).toHaveLength(rounds);
  // Most rounds must really end with the image: an error for everything would be a poor promise.
  const made = results.filter((round) => round.outcome === "made").length;
  console.log(
    `made ${made}, ambiguous ${results.filter((round) => round.outcome === "ambiguous").length} of ${rounds}`,
  );
  expect(made / rounds).toBeGreaterThan(0.9);
});

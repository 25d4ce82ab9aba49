/** How often a seeded test tries: in the ordinary tests, and in the long part when all of it is wanted. */
export interface Rounds {
  readonly usual: number;
  readonly long: number;
}

/** The variable that says which share of the long part to try, from 0 to 1. Default: 1. */
const shareVariable = "SOAK_SHARE";

/**
 * The number of rounds that this run tries.
 *
 * @param mode `import.meta.env.MODE` of the test: `soak` is the long part.
 */
export function roundsOf({ usual, long }: Rounds, mode: string): number {
  if (mode !== "soak") return usual;
  return Math.max(usual, Math.ceil(long * share()));
}

/** @throws Error when it is no share: as a number of rounds it would try nothing, and pass. */
function share(): number {
  const given = process.env[shareVariable] || "1";
  const value = Number(given);
  if (value >= 0 && value <= 1) return value;
  throw new Error(`${shareVariable} must be a number from 0 to 1; given was "${given}".`);
}

import { seeded } from "../../../scripts/suite/seeded.ts";

/** What a seeded round draws: the same for the same seed. */
export function drawFrom(seed: number) {
  // Seeds that follow each other would begin alike.
  const random = seeded(Math.imul(seed, 2654435761) | 0);
  return {
    random,
    chance: (probability: number) => random() < probability,
    upTo: (most: number) => Math.floor(random() * (most + 1)),
    oneOf: <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item,
  };
}

export type Draw = ReturnType<typeof drawFrom>;

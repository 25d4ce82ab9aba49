/** A small generator of numbers from 0 to 1 (mulberry32), and what is drawn by it. */
export function seeded(seed: number) {
  let state = Math.imul(seed, 2654435761) | 0;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    random,
    chance: (probability: number) => random() < probability,
    upTo: (most: number) => Math.floor(random() * (most + 1)),
    oneOf: <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item,
  };
}

export type Draw = ReturnType<typeof seeded>;

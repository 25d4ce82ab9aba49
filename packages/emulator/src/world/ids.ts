/** Makes ids that look like the service's. The same seed makes the same ids. */
export interface Ids {
  /** A decimal number of 18 digits; later ones are larger. */
  next(nowMs: number): string;
  uuid(): string;
  /** `length` hexadecimal digits. */
  hex(length: number): string;
  /** A number from 0 to 1. */
  random(): number;
  /** Where it stands, to go on from later. */
  save(): SavedIds;
}

/** Where a maker of ids stands. */
export interface SavedIds {
  readonly last: string;
  readonly random: number;
}

/** The service's ids count from a base of its own, which is unknown; this one keeps them at 18 digits until 2036. */
const firstId = 600_000_000_000_000_000n;
const epochMs = Date.UTC(2024, 0, 1);
const sequenceBits = 20n;

/** Makes ids from a seed, or from where another maker stood. */
export function createIds(seed: number, saved?: SavedIds): Ids {
  const { random, state } = mulberry32(saved?.random ?? seed);
  let last = BigInt(saved?.last ?? 0);
  const hex = (length: number) => {
    let digits = "";
    while (digits.length < length)
      digits += Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, "0");
    return digits.slice(0, length);
  };
  return {
    next(nowMs) {
      const elapsed = BigInt(Math.max(0, Math.floor(nowMs - epochMs)));
      const id = firstId + (elapsed << sequenceBits);
      last = id > last ? id : last + 1n;
      return String(last);
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    hex,
    random,
    save: () => ({ last: String(last), random: state() }),
  };
}

/** A small seeded generator of numbers from 0 to 1. */
function mulberry32(seed: number): { random: () => number; state: () => number } {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { random, state: () => state };
}

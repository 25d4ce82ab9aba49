/**
 * The known word that was probably meant: the one with the fewest edits (a swap of neighbours counts as one), if those
 * are at most a third of its length, or the only one that starts with what was typed.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const edits = distance(typed, candidate.toLowerCase());
    if (edits < fewest && edits <= Math.max(1, Math.floor(candidate.length / 3))) {
      fewest = edits;
      best = candidate;
    }
  }
  if (best !== undefined) return best;
  const starting = known.filter((candidate) => typed.length > 1 && candidate.toLowerCase().startsWith(typed));
  return starting.length === 1 ? starting[0] : undefined;
}

/** A sentence that suggests the nearest word, with a space before it; empty when none is near. */
export function suggestion(word: string, known: readonly string[], prefix = ""): string {
  const found = nearest(word, known);
  return found === undefined ? "" : ` Did you mean ${prefix}${found}?`;
}

/** Optimal string alignment distance. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const cell = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      rows[i]?.push(Math.min(replace, swap, cell(i - 1, j) + 1, cell(i, j - 1) + 1));
    }
  }
  return cell(a.length, b.length);
}

/** Says that an answer is a part of a list; undefined when it is all of it. */
export function partNote(answer: unknown): string | undefined {
  const { count, items } = answer as { count?: unknown; items?: readonly unknown[] };
  const shown = items?.length ?? 0;
  return typeof count === "number" && count > shown
    ? `${shown} of ${count}; see --all, or --offset and --limit`
    : undefined;
}

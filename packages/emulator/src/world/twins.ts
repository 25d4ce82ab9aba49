/** What occurs more than once, in words. */
export function twins(what: string, ids: readonly string[]): string[] {
  const seen = new Set<string>();
  const again = new Set(ids.filter((id) => seen.size === seen.add(id).size));
  return [...again].map((id) => `two of the ${what} are called ${id}`);
}

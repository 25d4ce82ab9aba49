/** A key as on the wire: `imageId` is `image_id`. */
function wireName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * A document of this program with its keys as on the wire.
 *
 * @param keepOld also keeps the keys in camel case, which documents had before, next to the new ones.
 */
export function wireNames(value: unknown, { keepOld }: { keepOld: boolean }): unknown {
  if (Array.isArray(value)) return value.map((item) => wireNames(item, { keepOld }));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, wireNames(inner, { keepOld })] as const);
  const old = keepOld ? entries.filter(([name]) => wireName(name) !== name) : [];
  return Object.fromEntries([...entries.map(([name, inner]) => [wireName(name), inner] as const), ...old]);
}

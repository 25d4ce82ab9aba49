/** What stands before a value, and the value, as source text. */
export interface SharedLiteral {
  readonly before: readonly string[];
  readonly value: string;
}

/** A part that is shorter than this costs less where it stands than by name. */
const shortestShared = 60;

/** Writes plain data as source text in which what occurs more than once stands once, so that there is less to load. */
export function sharedLiteral(data: unknown): SharedLiteral {
  const times = new Map<string, number>();
  const count = (node: unknown): void => {
    if (!isShareable(node)) return;
    const text = JSON.stringify(node);
    const before = times.get(text) ?? 0;
    times.set(text, before + 1);
    if (before === 0 && typeof node === "object") Object.values(node).forEach(count);
  };
  count(data);
  const before: string[] = [];
  const names = new Map<string, string>();
  const write = (node: unknown): string => {
    if (!isShareable(node)) return JSON.stringify(node);
    const text = JSON.stringify(node);
    const known = names.get(text);
    if (known !== undefined) return known;
    const written =
      typeof node === "string"
        ? text
        : Array.isArray(node)
          ? `[${node.map(write)}]`
          : `{${Object.entries(node)
              .filter(([, value]) => value !== undefined)
              .map(([key, value]) => `${JSON.stringify(key)}:${write(value)}`)}}`;
    if ((times.get(text) ?? 0) < 2 || text.length < shortestShared) return written;
    const name = `shared${names.size}`;
    names.set(text, name);
    before.push(`const ${name} = ${written} as const;`);
    return name;
  };
  return { value: write(data), before };
}

function isShareable(node: unknown): node is string | object {
  return typeof node === "string" || (typeof node === "object" && node !== null);
}

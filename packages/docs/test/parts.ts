/** Elements that hold nothing, and have no end. */
const empty = new Set([
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "source",
  "track",
  "wbr",
]);

/**
 * The parts that a built page is made of: each kind of element in each kind that it stands in, and each level of heading after
 * another. A kind is a tag with its classes, with the names of attributes that a reader's software goes by,
 * and with colours of its own.
 */
function partsOf(html: string): ReadonlySet<string> {
  const parts = new Set<string>();
  const open: { tag: string; kind: string }[] = [];
  let heading = "";
  const markup = html.slice(html.indexOf("<body")).replace(/<(script|style)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, "");
  for (const [, end, tag = "", attributes = "", closed] of markup.matchAll(
    /<(\/?)([a-z][\w-]*)((?:"[^"]*"|[^">])*?)(\/?)>/g,
  )) {
    if (end === "/") {
      const at = open.findLastIndex((one) => one.tag === tag);
      if (at >= 0) open.length = at;
      continue;
    }
    const kind = kindOf(tag, attributes);
    parts.add(`${open.at(-1)?.kind ?? ""} > ${kind}`);
    if (/^h\d$/.test(tag)) {
      parts.add(`${heading}, ${tag}`);
      heading = tag;
    }
    if (closed !== "/" && !empty.has(tag)) open.push({ tag, kind });
  }
  return parts;
}

function kindOf(tag: string, markup: string): string {
  const attributes = new Map(
    [...markup.matchAll(/ ([\w-]+)(?:="([^"]*)")?/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const roles = [...attributes.keys()].filter((name) => /^(aria-.*|role|tabindex|hidden|disabled|open)$/.test(name));
  const colours = attributes.get("style")?.match(/#[\da-f]{3,8}\b/gi) ?? [];
  return [tag, ...(attributes.get("class") ?? "").split(/\s+/).sort(), ...roles.sort(), ...colours].join(" ");
}

/**
 * Chooses pages that have every part which occurs in any of them: the one that has most of what is missing, again and again, of
 * those the shortest.
 */
export function coverOf(pages: ReadonlyMap<string, string>): string[] {
  const all = [...pages].map(([path, html]) => ({ path, size: html.length, parts: partsOf(html) }));
  const missing = new Set(all.flatMap(({ parts }) => [...parts]));
  const chosen: string[] = [];
  while (missing.size > 0) {
    const rated = all.map((page) => ({ ...page, gain: [...page.parts].filter((part) => missing.has(part)).length }));
    const best = rated.reduce((one, other) =>
      other.gain > one.gain || (other.gain === one.gain && other.size < one.size) ? other : one,
    );
    chosen.push(best.path);
    for (const part of best.parts) missing.delete(part);
  }
  return chosen;
}

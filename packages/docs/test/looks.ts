import type { Page } from "playwright-core";

/**
 * Finds the looks of all text in a page as it is now, and keeps in the page, as `looks`, up to three elements for each, the longest
 * texts first, because the contrast of a single letter cannot be judged.
 *
 * A look is the element that shows a text, all that it stands in, and every colour in and behind it: where two texts have the same
 * chain of tags and classes, and in each the same computed styles that colours depend on, what is found of one holds for the other.
 */
export function looksOf(page: Page): Promise<string[]> {
  return page.evaluate(script);
}

const script = `(() => {
  const styles = ["color", "backgroundColor", "backgroundImage", "opacity", "filter", "backdropFilter", "mixBlendMode",
    "textShadow", "webkitTextFillColor", "webkitTextStroke", "clipPath", "position", "fontSize", "fontWeight"];
  const known = new Map([[null, ""]]);
  const lookOf = (element) => {
    if (!known.has(element)) {
      const computed = getComputedStyle(element);
      const isOff = element.matches(":disabled, [aria-disabled=true]");
      const own = [element.localName, element.getAttribute("class"), isOff, ...styles.map((style) => computed[style])];
      known.set(element, lookOf(element.parentElement) + own.join() + "\\n");
    }
    return known.get(element);
  };
  const textOf = (element) =>
    element.matches("input, select, textarea")
      ? element.value || element.placeholder || "-"
      : [...element.childNodes].map(({ nodeType, data }) => (nodeType === Node.TEXT_NODE ? data.trim() : "")).join("");
  const found = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    const size = textOf(element).length;
    if (size === 0 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const look = lookOf(element);
    if (!found.has(look)) found.set(look, []);
    found.get(look).push({ element, size });
  }
  globalThis.looks = new Map([...found].map(([look, all]) =>
    [look, all.sort((one, other) => other.size - one.size).slice(0, 3).map(({ element }) => element)]));
  return [...looks.keys()];
})()`;

/** One state of a diagram, and what leads to the next. */
export interface Step {
  readonly state: string;
  /** Written on the arrow to the next state. */
  readonly next?: string;
}

const box = { width: 156, height: 40, gap: 132 };

/** States in a row with arrows between them, as an SVG that a screen reader reads as one sentence. */
export function diagram(
  id: string,
  title: string,
  steps: readonly Step[],
  say: (state: string, next: string) => string,
): string {
  const width = steps.length * box.width + (steps.length - 1) * box.gap + 2;
  const sentence = steps.map(({ state, next }) => (next === undefined ? state : say(state, next))).join(" ");
  const shapes = steps.map(({ state, next }, index) => {
    const x = 1 + index * (box.width + box.gap);
    const middle = x + box.width + box.gap / 2;
    const rectangle = `<rect x="${x}" y="21" width="${box.width}" height="${box.height}" rx="8"/><text x="${x + box.width / 2}" y="46">${state}</text>`;
    if (next === undefined) return rectangle;
    const end = x + box.width + box.gap - 4;
    return `${rectangle}<text class="arrow" x="${middle}" y="32">${next}</text><path d="M${x + box.width + 4} 41H${end}m-8 -5l8 5l-8 5"/>`;
  });
  return `<svg class="diagram" role="img" aria-labelledby="${id}-title ${id}-text" viewBox="0 0 ${width} 64"><title id="${id}-title">${title}</title><desc id="${id}-text">${sentence}.</desc>${shapes.join("")}</svg>`;
}

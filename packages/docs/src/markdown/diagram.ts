/** One state of a diagram, in a cell of its grid. */
export interface State {
  readonly name: string;
  readonly column: number;
  readonly row: number;
  readonly kind?: "good" | "bad";
}

/** What leads from one state to another. */
export interface Step {
  readonly from: string;
  readonly to: string;
  /** Written on the arrow. */
  readonly by?: string;
}

/** How much a drawing may shrink, and still be read. */
const leastScale = 0.8;
const box = { width: 112, height: 36 };
const cell = { width: 222, height: 92 };
/** States with arrows between them, as an SVG that a screen reader reads as sentences. */
export function stateDiagram(
  id: string,
  title: string,
  states: readonly State[],
  steps: readonly Step[],
  say: (step: Step) => string,
): string {
  const find = (name: string) => states.find((state) => state.name === name);
  const columns = Math.max(...states.map(({ column }) => column));
  const rows = Math.max(...states.map(({ row }) => row));
  const between = steps.map(({ from, to }) => [find(from), find(to)] as const);
  const isAny = (is: (from: State, to: State) => boolean) => between.some(([from, to]) => from && to && is(from, to));
  // Room for arrows that go back, over the boxes and under them.
  const above = isAny(goesBack) ? 40 : 4;
  const below = isAny(goesUnder) ? 24 : 4;
  const [width, height] = [columns * cell.width + box.width + 4, rows * cell.height + box.height + above + below];
  const left = ({ column }: State) => 2 + column * cell.width;
  const top = ({ row }: State) => above + row * cell.height;
  const boxes = states.map((state) => {
    const [x, y] = [left(state), top(state)];
    const mark = state.kind === undefined ? "" : ` class="${state.kind}"`;
    return `<rect${mark} x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="8"/><text x="${x + box.width / 2}" y="${y + 23}">${state.name}</text>`;
  });
  const arrows = steps.map((step) => {
    const [from, to] = [find(step.from), find(step.to)];
    return from === undefined || to === undefined ? "" : arrow(from, to, step.by ?? "");
  });
  return drawing(id, title, steps.map(say).join(" "), width, height, [...boxes, ...arrows]);

  function arrow(from: State, to: State, by: string): string {
    if (goesBack(from, to)) return back(from, to, by);
    if (goesUnder(from, to)) return under(from, to, by);
    if (to.column === from.column) return down(from, to, by);
    const [x1, y1] = [left(from) + box.width + 3, top(from) + box.height / 2];
    const [x2, y2] = [left(to) - 3, top(to) + box.height / 2];
    const turn = x1 + (cell.width - box.width) / 4;
    const text = `<text class="note" x="${(x1 + x2) / 2}" y="${y2 - 8}">${by}</text>`;
    const line = y1 === y2 ? `H${x2}` : `H${turn}V${y2}H${x2}`;
    return `${text}<path d="M${x1} ${y1}${line}m-7 -4l7 4l-7 4"/>`;
  }

  /** Over the boxes, to a state further left. */
  function back(from: State, to: State, by: string): string {
    const [x1, x2] = [left(from) + box.width / 2, left(to) + box.width / 2];
    const over = top(from) - 16;
    const text = `<text class="note" x="${(x1 + x2) / 2}" y="${over - 6}">${by}</text>`;
    return `${text}<path d="M${x1} ${top(from) - 3}V${over}H${x2}V${top(to) - 3}m-4 -7l4 7l4 -7"/>`;
  }

  /** Under the boxes, to a state further left in a row below. */
  function under(from: State, to: State, by: string): string {
    const [x1, x2] = [left(from) + box.width / 2, left(to) + box.width / 2];
    const [y1, y2] = [top(from) + box.height + 3, top(to) + box.height + 3];
    const text = `<text class="note" x="${(x1 + x2) / 2}" y="${y2 + 15 - 5}">${by}</text>`;
    return `${text}<path d="M${x1} ${y1}V${y2 + 16}H${x2}V${y2}m-4 7l4 -7l4 7"/>`;
  }

  function down(from: State, to: State, by: string): string {
    const x = left(from) + box.width / 2;
    const [y1, y2] = [top(from) + box.height + 3, top(to) - 3];
    const text = `<text class="note start" x="${x + 8}" y="${(y1 + y2) / 2 + 4}">${by}</text>`;
    return `${text}<path d="M${x} ${y1}V${y2}m-4 -7l4 7l4 -7"/>`;
  }
}

function goesBack(from: State, to: State): boolean {
  return to.row === from.row && to.column <= from.column;
}

function goesUnder(from: State, to: State): boolean {
  return to.row > from.row && to.column < from.column;
}

/** A moment on a line of time. */
export interface Moment {
  readonly seconds: number;
  readonly text: string;
}

/** How long work takes on a line from its start to where one gives up. */
export function timeline(id: string, title: string, typical: Moment, limit: Moment, start: string): string {
  const [width, x, y] = [700, 2, 34];
  const at = (seconds: number) => x + (seconds / limit.seconds) * (width - 2 * x);
  const middle = at(typical.seconds);
  const shapes = [
    `<path d="M${x} ${y}H${width - x}M${x} ${y - 7}V${y + 7}M${width - x} ${y - 7}V${y + 7}"/>`,
    `<rect class="work" x="${x}" y="${y - 4}" width="${middle - x}" height="8" rx="2"/>`,
    `<text class="note start" x="${x}" y="${y - 14}">${start}</text>`,
    `<text class="note start" x="${middle - 4}" y="${y + 24}">${typical.text}</text>`,
    `<text class="note end" x="${width - x}" y="${y - 14}">${limit.text}</text>`,
  ];
  return drawing(id, title, `${start}, ${typical.text}, ${limit.text}.`, width, 64, shapes);
}

function drawing(
  id: string,
  title: string,
  text: string,
  width: number,
  height: number,
  shapes: readonly string[],
): string {
  return `<div class="drawing" id="${id}"><svg role="img" aria-labelledby="${id}-title ${id}-text" viewBox="0 0 ${width} ${height}" style="min-width:${width * leastScale}px;max-width:${width}px"><title id="${id}-title">${title}</title><desc id="${id}-text">${text}</desc>${shapes.join("")}</svg></div>`;
}

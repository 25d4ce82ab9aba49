import { canRedraw, type Environment, type Output, widthOf } from "./streams.ts";
import { columnsOf, cut } from "./width.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const plainFrames = ["|", "/", "-", "\\"];
const frameMs = 100;
const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
const clearLine = "\u001b[2K";
const clearRest = "\u001b[K";
const clearBelow = "\u001b[J";

/** A log gets a line at least this often, so that a build server does not think that the program hangs. */
export const heartbeatMs = 60_000;

/** Makes the lines of a frame. A line that is longer than `columns` is cut. Without colours. */
export type Render = (spinner: string, columns: number) => readonly string[];

/** Lines at the end of the output that are drawn again and again, above which other lines can be printed. */
export interface LiveLines {
  /** Sets what the lines show. Called at every frame, so that elapsed time goes on by itself. */
  show(render: Render): void;
  /** Prints a line that stays, above the live ones. */
  print(line: string): void;
  /** Removes the live lines. */
  end(): void;
}

/** No live lines, where somebody else prints the lines that stay. */
export const silentLines: LiveLines = { show: () => {}, print: () => {}, end: () => {} };

/** Live lines on a terminal; elsewhere only the lines that stay are printed. */
export function liveLines(output: Output, environment: Environment): LiveLines {
  if (!canRedraw(output, environment)) {
    return { show: () => {}, print: (line) => void output.write(`${line}\n`), end: () => {} };
  }
  const spinner = speaksUnicode(environment) ? frames : plainFrames;
  let render: Render | undefined;
  let drawn: readonly string[] = [];
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;

  const width = () => widthOf(output) ?? 80;
  // A terminal that became narrower since has broken the lines that no longer fit.
  const rowsDrawn = () =>
    drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / Math.max(1, width()))), 0);
  const toTop = (rows: number) => (rows > 1 ? `\r\u001b[${rows - 1}A` : "\r");

  // Line by line and each as a whole: a terminal may keep what is cleared from the top of its screen, and when it becomes
  // narrower, break lines after what was cleared at their ends.
  const draw = (above: readonly string[] = []) => {
    // Node hears of a new size by a signal, which comes after the terminal has broken its lines: it is asked for here.
    (output as { _refreshSize?: () => void })._refreshSize?.();
    const top = toTop(rowsDrawn());
    const room = Math.max(1, (output.rows ?? 24) - 1);
    // A terminal echoes ^C where the cursor stands, and must not begin another row for it.
    const most = Math.max(1, width() - 1 - "^C".length);
    const lines = withinHeight(render?.(spinner[frame++ % spinner.length] ?? "", most) ?? [], room);
    drawn = lines.map((line) => cut(line, most));
    // The cursor is hidden for no longer than a frame is drawn: a program that is stopped or killed cannot bring it back.
    output.write(`${hideCursor}${top}${[...above, ...drawn].map(over).join("\n")}${clearBelow}${showCursor}`);
  };
  // A line that stays may take several rows. One that fills its last row has nothing to clear but its last character.
  const over = (line: string) => clearLine + line + (columnsOf(line) % width() === 0 ? "" : clearRest);

  return {
    show(next) {
      render = next;
      if (timer !== undefined) return;
      draw();
      timer = setInterval(() => draw(), frameMs);
      timer.unref();
    },
    print(line) {
      if (timer === undefined) output.write(`${line}\n`);
      else draw([line]);
    },
    end() {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      const rows = rowsDrawn();
      const blank = new Array<string>(rows).fill(clearLine).join("\n");
      output.write(`${toTop(rows)}${blank}${toTop(rows)}`);
      drawn = [];
    },
  };
}

/** The last line is the one that sums up, so it stays when there is no room for all; above it stands how many are missing. */
function withinHeight(lines: readonly string[], room: number): readonly string[] {
  if (lines.length <= room) return lines;
  const shown = Math.max(0, room - 2);
  const more = room < 2 ? [] : [`${lines.length - shown - 1} more`];
  return [...lines.slice(0, shown), ...more, ...lines.slice(-1)];
}

function speaksUnicode(environment: Environment): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "";
  return /utf-?8/i.test(locale) || environment.WT_SESSION !== undefined;
}

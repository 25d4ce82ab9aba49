import { canRedraw, type Environment, type Output, widthOf } from "./streams.ts";
import { cut } from "./width.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const plainFrames = ["|", "/", "-", "\\"];
const frameMs = 100;
const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";

/** Lines at the end of the output that are drawn again and again, above which other lines can be printed. */
export interface LiveLines {
  /** Sets what the lines show. Called at every frame, so that elapsed time goes on by itself. Without colours. */
  show(render: (spinner: string) => readonly string[]): void;
  /** Prints a line that stays, above the live ones. */
  print(line: string): void;
  /** Removes the live lines. */
  end(): void;
}

/** Live lines on a terminal; elsewhere only the lines that stay are printed. */
export function liveLines(output: Output, environment: Environment): LiveLines {
  if (!canRedraw(output, environment)) {
    return { show: () => {}, print: (line) => void output.write(`${line}\n`), end: () => {} };
  }
  const spinner = speaksUnicode(environment) ? frames : plainFrames;
  let render: ((spinner: string) => readonly string[]) | undefined;
  let drawn = 0;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;

  const erase = () => (drawn === 0 ? "" : `\r${drawn > 1 ? `\u001b[${drawn - 1}A` : ""}\u001b[J`);
  const draw = (above = "") => {
    const room = Math.max(1, (output.rows ?? 24) - 1);
    const lines = (render?.(spinner[frame++ % spinner.length] ?? "") ?? []).slice(0, room);
    const width = (widthOf(output) ?? 80) - 1;
    // One write for erasing and drawing, so that the terminal never shows a half-drawn frame.
    output.write(`${erase()}${above}${lines.map((line) => cut(line, width)).join("\n")}`);
    drawn = lines.length;
  };

  return {
    show(next) {
      render = next;
      if (timer !== undefined) return;
      output.write(hideCursor);
      draw();
      timer = setInterval(draw, frameMs);
      timer.unref();
    },
    print(line) {
      if (timer === undefined) output.write(`${line}\n`);
      else draw(`${line}\n`);
    },
    end() {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      output.write(`${erase()}${showCursor}`);
      drawn = 0;
    },
  };
}

function speaksUnicode(environment: Environment): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "";
  return /utf-?8/i.test(locale) || environment.WT_SESSION !== undefined;
}

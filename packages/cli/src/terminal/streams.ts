/** A stream to write to, as far as this program needs it. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Codes that switch a style on and off (ECMA-48). `node:util` has them too, and takes a tenth of the time of help to load. */
const styles = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** Colours, or functions that leave text as it is. */
export type Paint = Readonly<Record<keyof typeof styles, (text: string) => string>>;

/** Where this program writes: results to `out`, progress and errors to `err`. */
export interface Streams {
  readonly out: Output;
  readonly err: Output;
  readonly environment: Environment;
}

/**
 * Colours for a stream: on a terminal only. `NO_COLOR` switches them off and `FORCE_COLOR` on, whatever their value but
 * the empty one (no-color.org).
 */
export function paintFor(output: Output, environment: Environment): Paint {
  return hasColour(output, environment) ? coloured : plain;
}

/** Colours that are switched on. */
export const coloured: Paint = paintOf(([on, off], text) => `\u001b[${on}m${text}\u001b[${off}m`);

/** Colours that are switched off. */
export const plain: Paint = paintOf((_, text) => text);

function paintOf(paint: (codes: readonly [on: number, off: number], text: string) => string): Paint {
  const entries = Object.entries(styles).map(([style, codes]) => [style, (text: string) => paint(codes, text)]);
  return Object.fromEntries(entries) as Paint;
}

function hasColour(output: Output, environment: Environment): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== "0";
  return output.isTTY === true && environment.TERM !== "dumb";
}

/** Whether lines on this stream can be drawn again: a terminal that moves its cursor. */
export function canRedraw(output: Output, environment: Environment): boolean {
  return output.isTTY === true && environment.TERM !== "dumb" && !environment.CI;
}

/** Columns of a terminal, or undefined where text need not fit. */
export function widthOf(output: Output): number | undefined {
  return output.isTTY === true && output.columns !== undefined && output.columns > 0 ? output.columns : undefined;
}

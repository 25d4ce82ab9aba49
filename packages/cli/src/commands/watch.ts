import { parseDuration } from "../arguments/duration.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { printResult, type Result } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { canRedraw } from "../terminal/streams.ts";

const usualMs = 5_000;
/** Clears the screen and what has scrolled out of it is kept. */
const clearScreen = "\u001b[H\u001b[2J";

/** `--watch`: shows a list again and again until Ctrl-C; where nothing can be drawn over, when it has changed. */
export async function watchList(context: Context, look: () => Promise<Result>): Promise<number> {
  const { host, interruption, given, output } = context;
  if (output.format !== "table" && output.format !== "jsonl")
    throw new UsageError("--watch goes with --output table or jsonl.");
  const every = given.texts.get("interval")?.[0];
  const everyMs = every === undefined ? usualMs : parseDuration(every, "--interval");
  const clears = output.format === "table" && canRedraw(host.out, host.environment);
  let before: string | undefined;
  while (!interruption.signal.aborted) {
    const result = await look();
    const now = JSON.stringify(result.document);
    if (clears || now !== before) {
      if (clears) host.out.write(clearScreen);
      await printResult(context, result);
      before = now;
    }
    await host.clock.sleep(everyMs, interruption.signal).catch(() => {});
  }
  // The terminal has written ^C where the cursor stood; what comes next begins a line.
  if (clears) host.out.write("\n");
  return exitCode.interrupted;
}

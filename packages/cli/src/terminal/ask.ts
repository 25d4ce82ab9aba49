import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Host } from "../program/host.ts";

/** Whether a person can be asked: what is typed comes from a terminal, and what is asked goes to one. */
export function canAsk({ input, err }: Host): boolean {
  return (input as { isTTY?: boolean }).isTTY === true && err.isTTY === true;
}

/** Asks a person. Resolves to what was typed, without the end of the line; undefined when the input ended or Ctrl-C was pressed. */
export function ask(
  { input, err }: Host,
  question: string,
  { isSecret = false, signal }: { isSecret?: boolean; signal?: AbortSignal } = {},
): Promise<string | undefined> {
  err.write(question);
  // What is typed is echoed by readline, and only where it may be seen.
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!isSecret) err.write(String(chunk));
      done();
    },
  });
  const lines = createInterface({ input, output, terminal: (input as { isTTY?: boolean }).isTTY === true });
  return new Promise((resolve) => {
    let answer: string | undefined;
    const end = () => lines.close();
    lines.once("line", (line) => {
      answer = line.trim();
      lines.close();
    });
    lines.once("SIGINT", end);
    lines.once("close", () => {
      signal?.removeEventListener("abort", end);
      if (isSecret || answer === undefined) err.write("\n");
      resolve(answer);
    });
    signal?.addEventListener("abort", end, { once: true });
  });
}

/** Asks a person a question that is to be answered with yes; anything else is no. */
export async function askYes(host: Host, question: string, options: { signal?: AbortSignal } = {}): Promise<boolean> {
  return /^y(es)?$/i.test((await ask(host, `${question} [y/N] `, options)) ?? "");
}

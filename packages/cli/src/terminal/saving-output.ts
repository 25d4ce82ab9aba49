import type { Output } from "./streams.ts";

/**
 * An output whose text goes to the error stream when it cannot be written, as onto a disk that is full: a result may be
 * the only place that names a job which was started. A reader that has left wants no result.
 */
export function savingOutput(stream: NodeJS.WriteStream, rescue: Output = process.stderr): Output {
  return {
    write: (text) =>
      stream.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
        if (!error || error.code === "EPIPE") return;
        rescue.write(`aps: the result cannot be written (${error.code ?? error.message}). It is:\n${text}`);
      }),
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
  };
}

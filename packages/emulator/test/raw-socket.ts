import { connect } from "node:net";
import { limitsMs } from "../../../scripts/suite/limits.ts";

/** An answer as it was on the wire. */
export interface RawReply {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends bytes and collects every answer until the server closes the connection.
 *
 * @param options.endAfterMs closes the sending half so long after the bytes, as a caller does who goes away.
 * @throws Error when the server neither answers nor closes within the time of a wait.
 */
export function exchange(
  port: number,
  bytes: string | Buffer,
  options: { endAfterMs?: number } = {},
): Promise<RawReply[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const received: Buffer[] = [];
    const hung = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no end yet; received: ${JSON.stringify(Buffer.concat(received).toString())}`));
    }, limitsMs.wait);
    socket.on("data", (data) => received.push(data));
    // A server that refuses early may reset the connection while bytes are still under way.
    socket.on("error", () => {});
    socket.on("end", () => socket.end());
    socket.on("close", () => {
      clearTimeout(hung);
      clearTimeout(end);
      resolve(repliesOf(Buffer.concat(received).toString("latin1")));
    });
    socket.write(bytes);
    const end = options.endAfterMs === undefined ? undefined : setTimeout(() => socket.end(), options.endAfterMs);
  });
}

/** A request that asks the server to close the connection after its answer. */
export function requestText(line: string, headers: readonly string[] = [], body = ""): string {
  return [line, "Host: 127.0.0.1", "Connection: close", ...headers, "", body].join("\r\n");
}

function repliesOf(text: string): RawReply[] {
  const replies: RawReply[] = [];
  for (let rest = text; rest !== ""; ) {
    const end = rest.indexOf("\r\n\r\n");
    const [line = "", ...lines] = rest.slice(0, end < 0 ? undefined : end).split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]);
    const headers = Object.fromEntries(
      lines.map((header) => [header.split(":")[0]?.toLowerCase() ?? "", header.split(": ").slice(1).join(": ")]),
    );
    const length = Number(headers["content-length"] ?? 0);
    const body = rest.slice(end + 4, end + 4 + length);
    // `100 Continue` is not an answer yet.
    if (status !== 100) replies.push({ status, headers, body });
    rest = end < 0 ? "" : rest.slice(end + 4 + body.length);
  }
  return replies;
}

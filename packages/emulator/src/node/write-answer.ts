import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { RawAnswer } from "../http/message.ts";

/** Sends an answer. */
export function writeAnswer(response: ServerResponse, { status, headers, text, cut }: RawAnswer): void {
  if (cut === "everything") {
    response.socket?.destroy();
    return;
  }
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(text) });
  if (cut === undefined) {
    response.end(text);
    return;
  }
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.socket?.destroy());
}

/** How long a caller is waited for who does not close its side, in milliseconds. */
const lingerMs = 1_000;

/** Sends an answer where Node has made no response, because it could not read the request, and closes the connection. */
export function writeLastAnswer(socket: Duplex, { status, headers, text }: RawAnswer): void {
  const sent = { ...headers, "Content-Length": Buffer.byteLength(text), Connection: "close" };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
  // What else arrives is read and dropped: closing with unread bytes would reset the connection and lose the answer.
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${text}`);
}

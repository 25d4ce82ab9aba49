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

/** Sends an answer where Node has made no response, because it could not read the request, and closes the connection. */
export function writeLastAnswer(socket: Duplex, { status, headers, text }: RawAnswer): void {
  const sent = { ...headers, "Content-Length": Buffer.byteLength(text), Connection: "close" };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${text}`);
}

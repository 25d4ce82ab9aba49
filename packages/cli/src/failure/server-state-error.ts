/** An image server is in no state for what was asked for, so the request was not sent. */
export class ServerStateError extends Error {
  override name = "ServerStateError";

  constructor(serverId: string, status: string, allowed: readonly string[]) {
    super(`Image server ${serverId} is ${status}, and must be ${allowed.join(" or ")}. Nothing was sent.`);
  }
}

import { onAbort } from "../../transport/on-abort.ts";
import { BufferedResponse } from "./buffered-response.ts";
import { brokenOff, notConnected, refusedByProxy } from "./connection-failure.ts";
import type { Route } from "./routes.ts";

/** A request whose every part is at hand. */
export interface WholeRequest {
  readonly url: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request and reads its answer to the end.
 *
 * @throws ConnectionFailure that says whether any part of the request was sent, or the reason of the signal.
 */
export function exchange(route: Route, request: WholeRequest): Promise<Response> {
  const { signal, method, body, url } = request;
  return new Promise((resolve, reject) => {
    let wasSent = false;
    let abort: (() => void) | undefined;
    let status = 0;
    let statusText = "";
    let rawHeaders: Buffer[] = [];
    const chunks: Buffer[] = [];
    const end = () => {
      abort?.();
      reject(signal?.reason);
    };
    if (signal?.aborted) return reject(signal.reason);
    const settle = signal && onAbort(signal, end);
    const { isAbsolute, target, proxy } = route;
    const given = isAbsolute ? { ...request.headers, ...route.headers, host: target.host } : request.headers;
    route.pool.dispatch(
      {
        path: isAbsolute ? `${target.origin}${request.path}` : request.path,
        method: method as "GET",
        headers: given,
        body,
      },
      {
        // Called with a connection that stands, right before the first byte is written to it.
        onConnect(abortRequest) {
          if (signal?.aborted) return abortRequest();
          wasSent = true;
          abort = abortRequest;
        },
        onHeaders(code, raw, _resume, text) {
          status = code;
          rawHeaders = raw;
          statusText = text;
          return true;
        },
        onData(chunk) {
          chunks.push(chunk);
          return true;
        },
        onComplete() {
          settle?.();
          // A proxy that wants a login has passed nothing on.
          if (isAbsolute && status === 407 && proxy !== undefined) reject(refusedByProxy(target, proxy, status));
          else resolve(new BufferedResponse({ url, status, statusText, rawHeaders, chunks }));
        },
        onError(cause) {
          settle?.();
          if (wasSent) reject(brokenOff(target, proxy, cause));
          else reject(notConnected(target, route, cause));
        },
      },
    );
  });
}

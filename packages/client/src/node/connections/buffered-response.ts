import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** An answer that was read to its end. */
export interface Received {
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  /** Names and values in turns, as they came. */
  readonly rawHeaders: readonly Buffer[];
  readonly chunks: readonly Buffer[];
}

/**
 * An answer whose body is at hand. It is an instance of `Response`, and becomes one of the platform's own when it is asked
 * for more than most callers ask for.
 */
export class BufferedResponse implements Response {
  static {
    // The constructor of `Response` costs about as much as sending a request.
    Object.setPrototypeOf(BufferedResponse.prototype, Response.prototype);
  }

  readonly #received: Received;
  #headers: Headers | undefined;
  #platform: Response | undefined;

  constructor(received: Received) {
    this.#received = received;
  }

  get status(): number {
    return this.#received.status;
  }

  get statusText(): string {
    return this.#received.statusText;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get url(): string {
    return this.#received.url;
  }

  get redirected(): boolean {
    return false;
  }

  get type(): ResponseType {
    return "basic";
  }

  get headers(): Headers {
    this.#headers ??= headersOf(this.#received.rawHeaders);
    return this.#headers;
  }

  get body(): Response["body"] {
    return this.#ofPlatform().body;
  }

  get bodyUsed(): boolean {
    return this.#platform?.bodyUsed ?? false;
  }

  async text(): Promise<string> {
    return this.#bytes()
      .toString("utf8")
      .replace(/^\uFEFF/, "");
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#ofPlatform().arrayBuffer();
  }

  bytes(): ReturnType<Response["bytes"]> {
    return this.#ofPlatform().bytes();
  }

  blob(): Promise<Blob> {
    return this.#ofPlatform().blob();
  }

  formData(): Promise<FormData> {
    return this.#ofPlatform().formData();
  }

  clone(): Response {
    return new BufferedResponse(this.#received);
  }

  #ofPlatform(): Response {
    const { status, statusText, headers } = this;
    // These have no body, and the constructor refuses one, even if it is empty.
    const bytes = [204, 205, 304].includes(status) ? null : new Uint8Array(this.#bytes());
    this.#platform ??= new Response(bytes, { status, statusText, headers });
    return this.#platform;
  }

  #bytes(): Buffer {
    const { chunks } = this.#received;
    const [first] = chunks;
    const bytes = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
    const encoding = bytes.length === 0 ? null : this.headers.get("Content-Encoding");
    return encoding === null ? bytes : decoded(bytes, encoding);
  }
}

function headersOf(raw: readonly Buffer[]): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    headers.append(String(raw[index]), (raw[index + 1] as Buffer).toString("latin1"));
  }
  return headers;
}

/** No encoding is asked for; some proxies encode all the same. */
function decoded(bytes: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return gunzipSync(bytes);
    case "deflate":
      return inflateSync(bytes);
    case "br":
      return brotliDecompressSync(bytes);
    default:
      return bytes;
  }
}

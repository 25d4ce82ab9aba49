import { createHash, createHmac } from "node:crypto";

/** What to sign, and what to send instead, when the two should differ. */
export interface Signing {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly secret: string;
  readonly securityToken?: string;
  readonly body?: string;
  readonly atMs?: number;
  readonly signed?: readonly string[];
  readonly sentPath?: string;
  readonly sentBody?: string;
  readonly projectId?: string;
}

/** Signs a request with Node's own crypto, independently of both the emulator and the client. */
export function sign(signing: Signing): { url: string; init: RequestInit } {
  const { method, path, id, secret, securityToken, body = "", signed = ["host", "x-sdk-date"] } = signing;
  const date = new Date(signing.atMs ?? Date.now()).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const values: Record<string, string> = {
    "content-type": "application/json",
    host: "127.0.0.1",
    "x-project-id": signing.projectId ?? "p",
    "x-sdk-date": date,
    ...(securityToken === undefined ? {} : { "x-security-token": securityToken }),
  };
  const lines = signed.map((name) => `${name}:${values[name]}\n`).join("");
  const canonical = `${method}\n${path}/\n\n${lines}\n${signed.join(";")}\n${sha256(body)}`;
  const toSign = `SDK-HMAC-SHA256\n${date}\n${sha256(canonical)}`;
  const signature = createHmac("sha256", secret).update(toSign).digest("hex");
  const { host: _host, ...headers } = values;
  const sent = signing.sentBody ?? body;
  return {
    url: `http://127.0.0.1${signing.sentPath ?? path}`,
    init: {
      method,
      headers: {
        ...headers,
        Authorization: `SDK-HMAC-SHA256 Access=${id}, SignedHeaders=${signed.join(";")}, Signature=${signature}`,
      },
      ...(sent === "" ? {} : { body: sent }),
    },
  };
}

/** Megabytes as bytes. */
export function bytesOf(megabytes: number): number {
  return megabytes * 1024 * 1024;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

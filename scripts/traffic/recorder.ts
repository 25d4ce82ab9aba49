import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";
import { type AccessKey, signRequest } from "@workspace-aps/client/sign";
import contract from "@workspace-aps/spec/openapi.json" with { type: "json" };
import { programs, quietly } from "../programs.ts";
import { knownNames } from "./known-names.ts";

/** What to record, and as whom. */
export interface RecorderOptions {
  /** Base URL of the service. */
  readonly target: string;
  /** The file to write. */
  readonly har: string;
  readonly key: AccessKey;
}

/** A recorder that runs. */
export interface Recorder {
  /** The endpoint to give to the program that is recorded. */
  readonly url: string;
  /** Ends the recording and writes the file. */
  stop(): Promise<void>;
}

const known = knownNames(contract);

/**
 * Records calls with `redocly proxy`, which stands between two servers of this process: the first takes everything
 * secret out of a request, and the second signs it for the service. So nothing secret comes near the file.
 */
export async function startRecorder({ target, har, key }: RecorderOptions): Promise<Recorder> {
  const relay = await listen((request, response) => relayTo(target, key, request, response));
  const proxy = await startProxy(relay.url, har);
  const front = await listen((request, response) => forward(proxy.url, request, response));
  return {
    url: front.url,
    async stop() {
      await close(front.server);
      await proxy.stop();
      await close(relay.server);
    },
  };
}

async function forward(to: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!request.url?.startsWith("/v1/")) {
    response.writeHead(404, { "Content-Type": "text/plain" });
    response.end("Only calls of the service are recorded. Give the program a project id and any access key.\n");
    return;
  }
  await pass(`${to}${request.url}`, headersOf(request), request, response);
}

async function relayTo(target: string, key: AccessKey, request: IncomingMessage, response: ServerResponse) {
  const url = `${target}${request.url}`;
  const body = await textOf(request);
  const [, project = ""] = /^\/v1\/([^/]+)/.exec(request.url ?? "") ?? [];
  const signed = { "X-Project-Id": project };
  const signature = await signRequest({ method: request.method ?? "GET", url, headers: signed, body }, key);
  await pass(url, { ...headersOf(request), ...signed, ...signature }, request, response, body);
}

async function pass(
  url: string,
  headers: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
  given?: string,
): Promise<void> {
  const { method = "GET" } = request;
  const body = given ?? (await textOf(request));
  const answer = await fetch(url, { method, headers, redirect: "manual", ...(body === "" ? {} : { body }) });
  response.writeHead(answer.status, Object.fromEntries([...answer.headers].filter(([name]) => isKept(name))));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(([name, value]) => isKept(name) && value !== undefined);
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/** Nothing comes near the file that the contract has no name for. The length is counted anew at every hop. */
function isKept(name: string): boolean {
  return known.headers.has(name) && name !== "content-length";
}

async function textOf(request: IncomingMessage): Promise<string> {
  return (await buffer(request)).toString("utf8");
}

async function startProxy(target: string, har: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const options = ["proxy", "--target", target, "--har", har, "--port", "0"];
  const child = spawn(process.execPath, [programs.redocly, ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...quietly },
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`redocly proxy ended with ${code} before it was ready.`)));
    for (const stream of [child.stdout, child.stderr])
      createInterface(stream).on("line", (line) => {
        const [, found] = /listening on (http:\S+)/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
  });
  // It listens before it is ready to be stopped. It answers this method by itself, once it is ready, and does not record it.
  await fetch(url, { method: "PROPFIND" });
  return {
    url,
    async stop() {
      child.kill("SIGINT");
      await once(child, "exit");
    },
  };
}

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      response.writeHead(502, { "Content-Type": "text/plain" });
      response.end(`The recorder could not reach the service: ${error.message}\n`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fleet } from "../open-fleet.ts";
import { RunError } from "../runs/run-error.ts";
import { messageBody, page, projectsBody, runBody, runsBody } from "./page.ts";

/** Where the page is shown, and to whom. */
export interface DashboardOptions {
  /** Default: `127.0.0.1`. Any other needs a token. */
  readonly host?: string | undefined;
  readonly port: number;
  /** What who comes is asked for, as the password of basic authentication; the user's name is noted for approvals. */
  readonly token?: string | undefined;
  /** Where pg-boss's own dashboard is, to be linked. Default: no link. */
  readonly queueUrl?: string | undefined;
  /** Who approves and cancels where no token is asked for. */
  readonly user: string;
}

/** A page that is served until it is disposed of. */
export interface Dashboard extends AsyncDisposable {
  readonly url: string;
}

const loopback = ["127.0.0.1", "::1", "localhost"];

/**
 * Serves a page that shows runs and images, and approves, cancels and retries.
 *
 * @throws TypeError for another host than this machine without a token.
 */
export async function serveDashboard(fleet: Fleet, options: DashboardOptions): Promise<Dashboard> {
  const { host = "127.0.0.1", port, token } = options;
  if (!loopback.includes(host) && !token)
    throw new TypeError(`A page at ${host} is open to others. Set a token, or leave the host away.`);
  const server = createServer((request, response) => {
    const reply = { response, queueUrl: options.queueUrl };
    answer(fleet, options, request, reply).catch((error: unknown) => {
      const isKnown = error instanceof RunError;
      send(reply, isKnown ? 404 : 503, "Not now", isKnown ? error.message : "The database cannot be read.");
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answer(
  fleet: Fleet,
  { token, user }: DashboardOptions,
  request: IncomingMessage,
  reply: Reply,
): Promise<void> {
  const { response } = reply;
  const { host = "", origin, authorization } = request.headers;
  // A page of another site may lead its own name to this machine.
  if (!token && !loopback.includes(host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "")))
    return send(reply, 403, "Refused", "This page is for this machine only.");
  const by = token ? userOf(authorization, token) : user;
  if (by === undefined) {
    response.setHeader("www-authenticate", 'Basic realm="aps-fleet", charset="UTF-8"');
    return send(reply, 401, "Who are you?", "Give your name, and the token as password.");
  }
  if (request.method === "GET" && request.url === "/projects")
    return sendBody(reply, "Projects", projectsBody(await fleet.projects()));
  const [, run, action] = /^\/(?:runs\/([^/?]+)(?:\/([\w-]+))?)?$/.exec(request.url ?? "") ?? [
    undefined,
    undefined,
    "none",
  ];
  const name = decodeURIComponent(run ?? "");
  if (request.method === "GET" && action === undefined) {
    if (run === undefined) return sendBody(reply, "Runs", runsBody(await fleet.runs()));
    const [status, images, rollouts] = await Promise.all([
      fleet.status(name),
      fleet.images(name),
      fleet.rollouts(name),
    ]);
    return sendBody(reply, name, runBody(status, images, rollouts, Date.now()));
  }
  if (request.method === "POST" && run !== undefined) {
    // Forms of other sites name theirs, and browsers name it always.
    if (origin === undefined || new URL(origin).host !== host)
      return send(reply, 403, "Refused", "This was asked for by another site.");
    if (action === "approve") await fleet.approve(name, { by });
    else if (action === "cancel") await fleet.cancel(name, { by });
    else if (action === "retry") await fleet.retry(name, { failed: true, refused: true });
    else if (action === "approve-rollouts") await fleet.approveRollouts(name, { by });
    else if (action === "plan-again") await fleet.planAgain(name, { by });
    else return send(reply, 404, "Not found", "There is no such action.");
    response.writeHead(303, { location: `/runs/${run}` }).end();
    return;
  }
  send(reply, 404, "Not found", "There is no such page.");
}

/** Who comes with the right token; undefined for everybody else. */
function userOf(authorization: string | undefined, token: string): string | undefined {
  const [, encoded = ""] = /^Basic (\S+)$/i.exec(authorization ?? "") ?? [];
  const [, user, given] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  const digest = (value: string) => createHash("sha256").update(value).digest();
  if (given === undefined || !timingSafeEqual(digest(given), digest(token))) return undefined;
  return user || "somebody with the token";
}

/** Where an answer goes. */
interface Reply {
  readonly response: ServerResponse;
  readonly queueUrl: string | undefined;
}

function send(reply: Reply, status: number, title: string, message: string): void {
  reply.response.statusCode = status;
  sendBody(reply, title, messageBody(title, message));
}

function sendBody({ response, queueUrl }: Reply, title: string, body: string): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;
  response.setHeader("content-security-policy", policy);
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "same-origin");
  response.end(page(title, body, { nonce, queueUrl }));
}

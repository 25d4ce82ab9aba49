import type { OptionNames, ProxyServer } from "./proxy.ts";

/** What the transport wants to know of a request that failed. */
interface Details {
  readonly code?: string | undefined;
  /** Whether any part of the request was written to a connection. */
  readonly wasSent: boolean;
  /** Whether the same request will fail again until somebody mends something. */
  readonly isLasting: boolean;
}

/** The error that `fetch` rejects with, with what is known of it. */
export type ConnectionFailure = TypeError & Details;

/** A failure of a connection, with what tells its kind. */
export function connectionFailure(message: string, details: Details, cause?: unknown): ConnectionFailure {
  return Object.assign(new TypeError(message, { cause }), details);
}

/** How a target is reached. */
interface Way {
  readonly proxy: ProxyServer | undefined;
  readonly names: OptionNames;
}

/** What failed while a connection was being made, at which host, and what mends it. Nothing was sent. */
export function notConnected(target: URL, { proxy, names }: Way, cause: unknown): ConnectionFailure {
  if (isFailure(cause)) return cause;
  const code = codeOf(cause);
  const { what, isLasting } = explain(target, { proxy, names }, code);
  const shown = code === undefined ? messageOf(cause) : code;
  return connectionFailure(`${what} (${shown})`, { code, wasSent: false, isLasting }, cause);
}

/** A proxy that answered itself, instead of connecting to the target. */
export function refusedByProxy(target: URL, proxy: ProxyServer, status: number): ConnectionFailure {
  const advice =
    status === 407
      ? `it asks for a login. ${proxy.url.username === "" ? "Put one into" : "Check the one in"} ${proxy.login}, as in http://user:password@${proxy.url.host}`
      : `check that it lets you reach this host, or name the host in NO_PROXY`;
  const message = `${nameOf(proxy)} answered with status ${status} instead of connecting to ${hostPort(target)}: ${advice}`;
  // A proxy that is overloaded or cannot reach the host may do better in a while.
  return connectionFailure(message, { code: `PROXY_${status}`, wasSent: false, isLasting: status < 500 });
}

/** A connection that failed after something was written to it. */
export function brokenOff(target: URL, proxy: ProxyServer | undefined, cause: unknown): ConnectionFailure {
  const code = codeOf(cause);
  const by = proxy === undefined ? "" : ` through ${nameOf(proxy)}`;
  const shown = code === undefined ? messageOf(cause) : code;
  const message = `the connection to ${target.host}${by} broke off (${shown})`;
  return connectionFailure(message, { code, wasSent: true, isLasting: false }, cause);
}

/** Failures of a certificate, by the codes of Node and OpenSSL. */
const certificate = /CERT|UNABLE_TO_(GET|VERIFY)|SELF_SIGNED|^CRL_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH/;
const expired = /EXPIRED|NOT_YET_VALID/;
/** What OpenSSL says when it hears another protocol: Node 20 hides it behind EPROTO. */
const notTls = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL|^EPROTO$/;

function explain(target: URL, { proxy, names }: Way, code = ""): { what: string; isLasting: boolean } {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return {
      what: `the certificate that ${target.host} shows is for another host. Check the endpoint`,
      isLasting: true,
    };
  }
  if (expired.test(code)) {
    const what = `the certificate of ${target.host} has expired, or is not valid yet. Check this machine's clock`;
    return { what, isLasting: true };
  }
  if (certificate.test(code)) {
    const what =
      `the certificate of ${target.host} is not trusted. If your company's network replaces certificates, give its ` +
      `authority as a file in PEM: with ${names.ca}, or in NODE_EXTRA_CA_CERTS`;
    return { what, isLasting: true };
  }
  if (notTls.test(code)) {
    return {
      what: `${target.host} does not speak TLS. Check whether it should be http instead of https`,
      isLasting: true,
    };
  }
  if (/^UND_ERR_(INVALID_ARG|NOT_SUPPORTED)/.test(code)) {
    return { what: `the request to ${target.host} cannot be sent as it is`, isLasting: true };
  }
  if (proxy !== undefined) {
    const isName = code === "ENOTFOUND" || code === "EAI_AGAIN";
    const problem = isName ? "is not found" : "cannot be reached, or closes connections";
    return { what: `${nameOf(proxy)} ${problem}. Check ${proxy.source}`, isLasting: false };
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return {
      what: `the host ${target.hostname} is not found. Check the endpoint, and whether a proxy is needed`,
      isLasting: false,
    };
  }
  if (code === "ECONNRESET" || code === "UND_ERR_SOCKET") {
    return { what: `${target.host} closed the connection before it stood`, isLasting: false };
  }
  return { what: `${target.host} cannot be reached`, isLasting: false };
}

/** A proxy in a message: never with its login. */
function nameOf({ url, source }: ProxyServer): string {
  return `the proxy ${url.protocol}//${url.host} (${source})`;
}

/** The host and port of a target, as CONNECT names them. */
export function hostPort({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port === "" ? (protocol === "https:" ? 443 : 80) : port}`;
}

function isFailure(error: unknown): error is ConnectionFailure {
  return error instanceof TypeError && typeof (error as Partial<Details>).wasSent === "boolean";
}

/** The code of an error, or of the first of several that a host with several addresses comes to. */
function codeOf(error: unknown): string | undefined {
  const { code, errors } = error as { code?: unknown; errors?: readonly unknown[] };
  if (typeof code === "string") return code;
  return errors?.map(codeOf).find((inner) => inner !== undefined);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

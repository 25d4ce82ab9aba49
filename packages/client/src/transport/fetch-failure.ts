interface SystemFailure extends Error {
  readonly code: string;
  readonly syscall?: string;
}

/** What a `fetch` that knows its connections says of a failure, such as that of `@workspace-aps/client/node`. */
interface KnownPhase {
  /** Whether any part of the request was written to a connection. */
  readonly wasSent: boolean;
  /** Whether the same request will fail again until somebody mends something. */
  readonly isLasting: boolean;
}

/** The system's code for a failed connection, which fetch keeps in a cause. */
function connectionCode(error: unknown): string | undefined {
  return systemFailure(error)?.code;
}

/**
 * Failures before a connection stands: the host is not found, refuses to be connected to, or shows a certificate that is not
 * trusted; a proxy refuses to connect.
 */
const beforeConnection =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_.*|UNABLE_TO_(VERIFY|GET).*|(?!ERR_SSL).*(_CERT|CERT_).*)$/;

/** Failures that only somebody can mend who changes a setting. */
const lasting = /^(UNABLE_TO_(VERIFY|GET).*|(?!ERR_SSL).*(_CERT|CERT_).*)$/;

/**
 * Whether a request may have reached the service although `fetch` failed. False only when it certainly has not. The platform's
 * `fetch` tells a code at most, of which only some belong to one phase.
 */
export function mayHaveReached(error: unknown): boolean {
  if (knowsPhase(error)) return error.wasSent;
  const { code, syscall } = systemFailure(error) ?? {};
  if (code === undefined) return !isBlockedPort(error);
  // A connection that already stands can fail so too.
  const isConnecting = /^E(NET|HOST)UNREACH$/.test(code) && syscall === "connect";
  return !isConnecting && !beforeConnection.test(code);
}

/** Whether the same request will fail again until somebody mends something: a certificate, a login at a proxy. */
export function isLasting(error: unknown): boolean {
  if (knowsPhase(error)) return error.isLasting;
  return isBlockedPort(error) || lasting.test(connectionCode(error) ?? "");
}

function knowsPhase(error: unknown): error is Error & KnownPhase {
  return error instanceof Error && typeof (error as Partial<KnownPhase>).wasSent === "boolean";
}

/** Node's `fetch` connects to no port of another protocol, such as that of mail, and gives no code for it. */
function isBlockedPort(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message === "bad port";
}

function systemFailure(error: unknown): SystemFailure | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (typeof (inner as Partial<SystemFailure>).code === "string") return inner as SystemFailure;
  }
  return undefined;
}

/** Why `fetch` failed, in a few words; with what mends it, where that is known. */
export function failureReason(error: unknown): string {
  if (knowsPhase(error)) return error.message;
  if (isBlockedPort(error)) return "fetch connects to no such port";
  const code = connectionCode(error);
  if (code === undefined) return error instanceof Error ? error.message : "unknown reason";
  const advice = ". If your company's network replaces certificates, name its authority in NODE_EXTRA_CA_CERTS";
  return lasting.test(code) ? `${code}${advice}` : code;
}

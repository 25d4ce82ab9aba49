interface SystemFailure extends Error {
  readonly code: string;
  readonly syscall?: string;
}

/** The system's code for a failed connection, which fetch keeps in a cause. */
export function connectionCode(error: unknown): string | undefined {
  return systemFailure(error)?.code;
}

/**
 * Failures before a connection stands: the host is not found, refuses to be connected to, or shows a certificate that is not
 * trusted.
 */
const beforeConnection =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|UNABLE_TO_VERIFY.*|(?!ERR_SSL).*(_CERT|CERT_).*)$/;

/** Whether a request may have reached the service although `fetch` failed. False only when it certainly has not. */
export function mayHaveReached(error: unknown): boolean {
  const { code, syscall } = systemFailure(error) ?? {};
  if (code === undefined) return !isBlockedPort(error);
  // A connection that already stands can fail so too.
  const isConnecting = /^E(NET|HOST)UNREACH$/.test(code) && syscall === "connect";
  return !isConnecting && !beforeConnection.test(code);
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

/** Why `fetch` failed, in a few words. */
export function failureReason(error: unknown): string {
  if (isBlockedPort(error)) return "fetch connects to no such port";
  return connectionCode(error) ?? (error instanceof Error ? error.message : "unknown reason");
}

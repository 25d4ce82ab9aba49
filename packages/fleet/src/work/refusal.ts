import { ApiError, type ApsError, ConnectionError, CredentialsError, isPassing } from "@workspace-aps/client";

/**
 * Whether an error says for good that something is not done: the service has refused it, or it cannot be asked for like that. A
 * network that fails, and keys that are missing on this machine or are refused, say nothing of what was asked for.
 */
export function isRefusal(error: ApsError): boolean {
  if (error instanceof ConnectionError || error instanceof CredentialsError || isKeyRefused(error)) return false;
  return !isPassing(error);
}

/** Whether the service has refused the key. */
export function isKeyRefused(error: ApsError): boolean {
  return error instanceof ApiError && error.status === 401;
}

/**
 * How long nothing is asked for with a key that was refused, in milliseconds. The service locks a key for five minutes that it has
 * refused some times in a row, for everybody who uses it (APIGW.0301).
 */
export const refusedKeyRestMs = 10 * 60_000;

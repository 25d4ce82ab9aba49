import { type ApsError, ConnectionError, CredentialsError, isPassing } from "@workspace-aps/client";

/**
 * Whether an error says for good that something is not done: the service has refused it, or it cannot be asked for like that. A
 * network that fails, and keys that are missing on this machine, say nothing of what was asked for.
 */
export function isRefusal(error: ApsError): boolean {
  if (error instanceof ConnectionError || error instanceof CredentialsError) return false;
  return !isPassing(error);
}

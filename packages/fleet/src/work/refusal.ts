import {
  ApiError,
  type ApsError,
  ConnectionError,
  CredentialsError,
  isPassing,
  NotSentError,
} from "@workspace-aps/client";

/**
 * Whether an error says for good that something is not done: the service has refused it, or it cannot be asked for like that. A
 * network that fails, a claim that could not be asked for, and keys that are missing on this machine or are refused, say nothing of
 * what was asked for.
 */
export function isRefusal(error: ApsError): boolean {
  if (error instanceof ConnectionError || error instanceof CredentialsError || error instanceof NotSentError)
    return false;
  return !isKeyRefused(error) && !isPassing(error);
}

/** Whether the service has refused the key, or IAM has refused what a key is obtained with. */
export function isKeyRefused(error: ApsError): boolean {
  const refusal = error instanceof CredentialsError ? error.cause : error;
  return refusal instanceof ApiError && refusal.status === 401;
}

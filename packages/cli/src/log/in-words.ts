import { ApiError } from "@workspace-aps/client";

const words: Readonly<Record<string, string>> = {
  ConnectionError: "the connection failed",
  TimeoutError: "no answer in time",
  CredentialsError: "no credentials",
};

/** Why a request failed, by what an event of the client says: a status as it is, and the name of an error in words. */
export function inWords(reason: string): string {
  return words[reason] ?? reason;
}

/** An error in a word or two, for a line that says how something gets on. */
export function briefly(error: unknown): string {
  if (error instanceof ApiError) return [`status ${error.status}`, error.code].filter(Boolean).join(" ");
  return error instanceof Error ? inWords(error.name) : "unknown";
}

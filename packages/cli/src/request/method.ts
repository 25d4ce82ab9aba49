import type { FullClient } from "@workspace-aps/client";
import type { RequestParts } from "./build.ts";

/** A method of the client whose name is known only at run time. The client holds the arguments against the contract. */
export type AnyMethod = (args: RequestParts, options?: { signal?: AbortSignal }) => Promise<unknown>;

/** The method of a client by name. */
export function methodOf(client: FullClient, name: string): AnyMethod {
  return client[name as keyof FullClient] as unknown as AnyMethod;
}

import type { Schema } from "./validation/schema.ts";

/** What the contract says about one operation, as far as a call needs it. */
export interface Operation {
  /** The operationId. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** A success has no JSON body. */
  readonly hasNoBody?: true;
  /** A success names a job. */
  readonly startsJob?: true;
  /** The permission that the operation needs; undefined where none is known. */
  readonly action?: string;
  /** The rules for `{ path, query, body }`. */
  readonly request?: Schema;
  /** Nothing is known of it, so that any answer is one. */
  readonly isUnlisted?: true;
  /** The service that has the operation, where that is not the one that the client is named after. */
  readonly service?: Service;
}

/** A further service, which has hosts of its own. */
export interface Service {
  /** Its name in the option `endpoints`, such as `ims`. */
  readonly name: string;
  /** Base URLs, with `{region}` in each unless it is global, and the ids of their regions with a blank between. */
  readonly servers: readonly { readonly url: string; readonly regions: string }[];
}

/** The places of a request that the contract bounds. */
export interface RequestParts {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** Stands for the operation of a path that the client was not given. */
export function notListed(method: string, path: string): Operation {
  return { id: `${method} ${path}`, method, path, isUnlisted: true };
}

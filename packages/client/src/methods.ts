import type { ImageServiceMethods } from "./generated/ims-methods.ts";
import type * as imageService from "./generated/ims-operations.ts";
import type { Methods } from "./generated/methods.ts";
import type * as constants from "./generated/operations.ts";
import type { Call } from "./transport/call.ts";

/**
 * Operations by the names of their methods: all of `@workspace-aps/client/operations` or some, and of the image service in
 * `@workspace-aps/client/ims`.
 */
export type Operations = Partial<typeof constants & typeof imageService>;

type All = Methods & ImageServiceMethods;

/** The methods of some operations. */
export type MethodsOf<Chosen extends Operations> = Pick<All, keyof Chosen & keyof All>;

/**
 * The methods of some operations on a client. One that the client has already is taken as it is, so that a program may put its
 * own around it.
 */
export function methodsOf<const Chosen extends Operations>(
  client: { readonly call: Call },
  operations: Chosen,
): MethodsOf<Chosen> {
  const methods = Object.entries(operations).map(([name, operation]) => {
    const own = (client as unknown as Record<string, unknown>)[name];
    return [name, own ?? client.call.bind(undefined, operation)];
  });
  return Object.fromEntries(methods);
}

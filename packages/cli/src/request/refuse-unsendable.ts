import { UsageError } from "../arguments/usage-error.ts";
import type { Command } from "../command.ts";
import { targetOf } from "../connection/target.ts";
import type { Context } from "../program/context.ts";
import type { RequestParts } from "./build.ts";

/**
 * Makes sure that it is clear where a request is to be sent.
 *
 * @throws UsageError that names what is wrong with the request as well, so that nobody mends one mistake after the other.
 */
export async function refuseUnsendable(
  { settings, info }: Context,
  { method }: Command,
  request: RequestParts,
): Promise<void> {
  try {
    targetOf(settings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [{ ValidationError, token }, { captureRequest }, { issueLines }] = await Promise.all([
      import("@workspace-aps/client"),
      import("./capture.ts"),
      import("../failure/issues.ts"),
    ]);
    const nowhere = { endpoint: "http://127.0.0.1", projectId: "unknown", credentials: token("unused") };
    const issues = await captureRequest(nowhere, method, request).then(
      () => [],
      (problem: unknown) => (problem instanceof ValidationError ? problem.issues : []),
    );
    throw new UsageError([error.message, ...issueLines(issues, info)].join("\n"));
  }
}

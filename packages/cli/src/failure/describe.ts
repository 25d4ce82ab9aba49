import {
  AmbiguousOutcomeError,
  ApiError,
  ApsError,
  ConnectionError,
  CredentialsError,
  JobFailedError,
  TimeoutError,
  ValidationError,
} from "@workspace-aps/client";
import { MissingCredentialsError } from "../connection/missing-credentials-error.ts";
import type { CommandInfo } from "../program/catalogue.ts";
import { exitCode } from "../program/exit-code.ts";
import { pageOf } from "./documentation.ts";
import { issueLines } from "./issues.ts";
import { type Known, lookUp } from "./remedy.ts";

/** A failure for people and for programs. */
export interface Description {
  readonly exitCode: number;
  readonly kind: string;
  /** What failed. */
  readonly message: string;
  /** What to do, one sentence or more a line. */
  readonly help: readonly string[];
  /** Further facts by name, for programs and for support. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Describes an error of the client; undefined for one that is not the client's. */
export function describe(error: unknown, info: CommandInfo | undefined): Description | undefined {
  if (error instanceof ValidationError) {
    const lines = issueLines(error.issues, info);
    return of(error, exitCode.usage, lines.join("\n"), [], { operation: error.operationId, issues: error.issues });
  }
  if (error instanceof ApiError) return refusal(error);
  if (error instanceof JobFailedError) return jobFailure(error);
  if (error instanceof TimeoutError) return of(error, exitCode.timedOut, error.message, [], {});
  if (error instanceof AmbiguousOutcomeError) return ambiguous(error);
  if (error instanceof ConnectionError) {
    return of(error, exitCode.refused, error.message, ["Check the network, --region and --endpoint."], {
      operation: error.operationId,
    });
  }
  if (error instanceof MissingCredentialsError) return of(error, exitCode.usage, error.message, error.help, {});
  if (error instanceof CredentialsError) return of(error, exitCode.refused, error.message, [], {});
  return error instanceof ApsError ? of(error, exitCode.refused, error.message, [], {}) : undefined;
}

function refusal(error: ApiError): Description {
  const known = lookUp(error.code, error.status);
  const help = known === undefined ? [] : adviceOf(known);
  if (error.status === 401 && known === undefined)
    help.push("Check the access key, and that the clock of this machine is right.");
  help.push(`Documentation: ${pageOf(error.operationId)}`);
  return of(error, exitCode.refused, error.message, help, {
    operation: error.operationId,
    status: error.status,
    code: error.code,
    requestId: error.requestId,
  });
}

function jobFailure(error: JobFailedError): Description {
  const known = error.failures.map(({ code }) => lookUp(code)).filter((found) => found !== undefined);
  const help = known.flatMap(adviceOf);
  return of(error, exitCode.jobFailed, error.message, [...new Set(help)], {
    jobId: error.jobId,
    failures: error.failures,
  });
}

function adviceOf({ meaning, remedy }: Known): string[] {
  return [meaning, remedy].filter((text) => text !== "unknown");
}

function ambiguous(error: AmbiguousOutcomeError): Description {
  const { serverId, candidateJobIds } = error.outcome;
  const help = [
    ...candidateJobIds.map((id) => `Look at the job: aps job show ${id}`),
    `Look at the server: aps server show ${serverId}`,
    "Try again only when the server is neither building nor has the image.",
  ];
  return of(error, exitCode.refused, error.message, help, { ...error.outcome });
}

function of(
  error: Error,
  code: number,
  message: string,
  help: readonly string[],
  facts: Readonly<Record<string, unknown>>,
): Description {
  return { exitCode: code, kind: error.name, message, help, facts };
}

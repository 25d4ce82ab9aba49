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
import { formatDuration } from "../arguments/duration.ts";
import { MissingCredentialsError } from "../connection/missing-credentials-error.ts";
import { JournalError } from "../fleet/journal-error.ts";
import type { ErrorCode } from "../generated/error-codes.ts";
import type { CommandInfo } from "../program/catalogue.ts";
import { exitCode } from "../program/exit-code.ts";
import { connectionHelp } from "./connection-help.ts";
import { pageOf } from "./documentation.ts";
import { issueLines } from "./issues.ts";
import { lookUp } from "./remedy.ts";

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

/** Describes an error of the client or of a journal; undefined for a fault in this program. */
export function describe(error: unknown, info: CommandInfo | undefined): Description | undefined {
  if (error instanceof ValidationError) {
    const lines = issueLines(error.issues, info);
    const more = info === undefined ? [] : [`See aps ${info.words} --help`];
    return of(error, exitCode.usage, lines.join("\n"), more, { operation: error.operationId, issues: error.issues });
  }
  if (error instanceof ApiError) return refusal(error, info);
  if (error instanceof JobFailedError) return jobFailure(error);
  if (error instanceof TimeoutError) {
    const message = error.message.replace(`${error.timeoutMs} ms`, formatDuration(error.timeoutMs));
    return of(error, exitCode.timedOut, message, [], { timeoutMs: error.timeoutMs });
  }
  if (error instanceof AmbiguousOutcomeError) return ambiguous(error);
  if (error instanceof ConnectionError) {
    return of(error, exitCode.refused, error.message, connectionHelp(error), { operation: error.operationId });
  }
  if (error instanceof JournalError) return of(error, exitCode.refused, error.message, [], { journal: error.path });
  if (error instanceof MissingCredentialsError) return of(error, exitCode.usage, error.message, error.help, {});
  if (error instanceof CredentialsError) return of(error, exitCode.refused, error.message, [], {});
  return error instanceof ApsError ? of(error, exitCode.refused, error.message, [], {}) : undefined;
}

function refusal(error: ApiError, info: CommandInfo | undefined): Description {
  const known = lookUp(error.code, error.status);
  const help = known === undefined ? [] : adviceOf(known);
  const states = info?.command?.serverStates ?? [];
  if (states.length > 0 && mayBeOfState.has(error.status))
    help.push(`The image server must be ${states.join(" or ")}: aps server list`);
  if (error.status === 401 && known === undefined)
    help.push("Check the access key, and that the clock of this machine is right.");
  if (known === undefined && error.status >= 500) help.push("The service or the gateway failed. Try again later.");
  else if (!error.code)
    help.push(
      "The answer has no error code, so it may not be the service's. Check --endpoint, and a proxy on the way.",
    );
  if (error.status === 403) help.push(`The least policy that allows it: aps policy ${error.operationId}`);
  if (known !== undefined) help.push(`More about the code: aps error ${known.code}`);
  const page = pageOf(error.operationId, known?.code);
  if (page !== undefined) help.push(`Documentation: ${page}`);
  else if (info?.command !== undefined) help.push(`More about the command: aps ${info.words} --help`);
  return of(error, exitCode.refused, error.message, help, {
    operation: error.operationId,
    status: error.status,
    code: error.code,
    requestId: error.requestId,
  });
}

/** With which status the service refuses a server in the wrong state is not known. */
const mayBeOfState = new Set([400, 409]);

function jobFailure(error: JobFailedError): Description {
  const known = error.failures.map(({ code }) => lookUp(code)).filter((found) => found !== undefined);
  const help = known.flatMap((found) => [...adviceOf(found), `More about the code: aps error ${found.code}`]);
  help.push(`The job: aps job show ${error.jobId}`);
  return of(error, exitCode.jobFailed, error.message, [...new Set(help)], {
    jobId: error.jobId,
    failures: error.failures,
  });
}

function adviceOf({ meaning, remedy }: ErrorCode): string[] {
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

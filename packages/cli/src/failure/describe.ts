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
import type { CommandInfo } from "../command-info.ts";
import { MissingCredentialsError } from "../connection/missing-credentials-error.ts";
import { JournalError } from "../fleet/journal-error.ts";
import { TooManyFailuresError } from "../fleet/too-many-failures-error.ts";
import { ImageExistsError } from "../image-service/image-exists-error.ts";
import { ImageServiceError } from "../image-service/image-service-error.ts";
import { exitCode } from "../program/exit-code.ts";
import { connectionHelp } from "./connection-help.ts";
import type { Description, FailureContext } from "./description.ts";
import { pageOf } from "./documentation.ts";
import { issueLines } from "./issues.ts";
import { lookUp } from "./remedy.ts";
import { ServerStateError } from "./server-state-error.ts";

/** Describes an error of the client or of a journal; undefined for a fault in this program. */
export function describe(error: unknown, known: FailureContext): Description | undefined {
  const { info } = known;
  if (error instanceof ValidationError) {
    const lines = issueLines(error.issues, info);
    const more = info === undefined ? [] : [`See aps ${info.words} --help`];
    return of(error, exitCode.usage, lines.join("\n"), more, { operation: error.operationId, issues: error.issues });
  }
  if (error instanceof ApiError) return refusal(error, known);
  if (error instanceof JobFailedError) return jobFailure(error);
  if (error instanceof TimeoutError) return timeout(error, known);
  if (error instanceof AmbiguousOutcomeError) return ambiguous(error);
  if (error instanceof ConnectionError) {
    const code = error.isTransient ? exitCode.tryAgain : exitCode.refused;
    const { said, facts } = triesOf(error.operationId, known);
    return of(error, code, error.message + said, connectionHelp(error), { operation: error.operationId, ...facts });
  }
  if (error instanceof ImageServiceError) return imageService(error);
  if (error instanceof ImageExistsError)
    return of(error, exitCode.refused, error.message, ["Take another name, or say --if-exists skip."], {
      images: error.images,
    });
  if (error instanceof ServerStateError)
    return of(error, exitCode.refused, error.message, [stateHelp(known), "A change may take two minutes to show."], {});
  if (error instanceof TooManyFailuresError) return of(error, exitCode.refused, error.message, [], {});
  if (error instanceof JournalError) return of(error, exitCode.refused, error.message, [], { journal: error.path });
  if (error instanceof MissingCredentialsError) return of(error, exitCode.usage, error.message, error.help, {});
  if (error instanceof CredentialsError)
    return of(error, error.isTransient ? exitCode.tryAgain : exitCode.notAllowed, error.message, [], {});
  return error instanceof ApsError ? of(error, exitCode.refused, error.message, [], {}) : undefined;
}

function imageService(error: ImageServiceError): Description {
  const { status } = error;
  const isDenied = status === 401 || status === 403;
  const code = isDenied
    ? exitCode.notAllowed
    : status === undefined || status >= 429
      ? exitCode.tryAgain
      : exitCode.refused;
  const help = isDenied ? ["The key needs the permission ims:images:list. Who is asking: aps doctor"] : [];
  return of(error, code, error.message, help, { status });
}

/** How often a call was tried, as the end of a sentence and as facts. */
function triesOf(operationId: string, { context }: FailureContext): { said: string; facts: Record<string, unknown> } {
  const tries = context?.watch?.triesOf(operationId);
  if (tries === undefined) return { said: "", facts: {} };
  const { attempts, tookMs } = tries;
  return { said: ` Tried ${attempts} times in ${formatDuration(tookMs)}.`, facts: { attempts, tookMs } };
}

function timeout(error: TimeoutError, known: FailureContext): Description {
  const message = error.message.replace(`${error.timeoutMs} ms`, formatDuration(error.timeoutMs));
  // Without an operation it is a job that was waited for, which goes on.
  if (error.operationId === undefined) return of(error, exitCode.timedOut, message, [], { timeoutMs: error.timeoutMs });
  const { said, facts } = triesOf(error.operationId, known);
  const help = ["The service was reached but did not answer. Try again later, or wait longer with --request-timeout."];
  const { operationId: operation, timeoutMs } = error;
  return of(error, exitCode.tryAgain, message + said, help, { operation, timeoutMs, ...facts });
}

function refusal(error: ApiError, known: FailureContext): Description {
  const { info } = known;
  const entry = lookUp(error.code, error.status);
  const help = entry === undefined || entry.remedy === "unknown" ? [] : [entry.remedy];
  const states = info?.command?.serverStates ?? [];
  if (states.length > 0 && mayBeOfState.has(error.status)) help.push(stateHelp(known));
  if (error.status === 401 && entry === undefined)
    help.push("Check the access key, and that the clock of this machine is right.");
  if (entry === undefined && error.status >= 500) help.push("The service or the gateway failed. Try again later.");
  else if (!error.code)
    help.push(
      "The answer has no error code, so it may not be the service's. Check --endpoint, and a proxy on the way.",
    );
  if (error.status === 401 || error.status === 403) help.push("Who is asking, and what is allowed: aps doctor");
  if (error.status === 403) help.push(`The least policy that allows it: ${policyOf(error, info)}`);
  if (entry !== undefined) help.push(`More about the code: aps error ${entry.code}`);
  const page = pageOf(error.operationId, entry?.code);
  if (page !== undefined) help.push(`Documentation: ${page}`);
  else if (info?.command !== undefined) help.push(`More about the command: aps ${info.words} --help`);
  const { said, facts } = triesOf(error.operationId, known);
  return of(error, codeOf(error), messageOf(error) + said, help, {
    operation: error.operationId,
    status: error.status,
    code: error.code,
    requestId: error.requestId,
    ...facts,
  });
}

/** A service that fails has refused nothing. */
function messageOf({ operationId, status, code, requestId, message }: ApiError): string {
  if (status < 500) return message;
  const named = code === undefined ? "" : ` (${code})`;
  return `${operationId}: the service failed with status ${status}${named}.${requestId === undefined ? "" : ` Request id: ${requestId}.`}`;
}

function policyOf({ operationId }: ApiError, info: CommandInfo | undefined): string {
  return info?.command === undefined && !info?.words.endsWith("wait")
    ? `aps policy ${operationId}`
    : `aps policy "${info.words}"`;
}

function codeOf({ status, code }: ApiError): number {
  if (status === 401 || status === 403) return exitCode.notAllowed;
  // Without a code it may be the answer of something that knows nothing of what was named.
  if (status === 404 && code !== undefined) return exitCode.notFound;
  return status === 408 || status === 429 || status >= 500 ? exitCode.tryAgain : exitCode.refused;
}

function stateHelp({ info }: FailureContext): string {
  return `The image server must be ${info?.command?.serverStates?.join(" or ")}: aps server list`;
}

/** With which status the service refuses a server in the wrong state is not known. */
const mayBeOfState = new Set([400, 409]);

function jobFailure(error: JobFailedError): Description {
  const codes = error.failures.map(({ code }) => lookUp(code)?.code).filter((code) => code !== undefined);
  const help = [...new Set(codes)].map((code) => `What the code means, and what to do: aps error ${code}`);
  help.push(`The job: aps job show ${error.jobId}`);
  return of(error, exitCode.jobFailed, error.message, help, {
    jobId: error.jobId,
    failures: error.failures,
  });
}

function ambiguous(error: AmbiguousOutcomeError): Description {
  const { serverId, candidateJobIds } = error.outcome;
  const help = [
    ...candidateJobIds.map((id) => `Look at the job: aps job show ${id}`),
    `Look at the server: aps server show ${serverId}`,
    "Try again only when the server is neither building nor has the image.",
  ];
  return of(error, exitCode.inDoubt, error.message, help, { ...error.outcome });
}

function of(
  error: Error,
  code: number,
  message: string,
  help: readonly string[],
  facts: Readonly<Record<string, unknown>>,
): Description {
  return { exitCode: code, kind: error.name, message, help: [...new Set(help)], facts };
}

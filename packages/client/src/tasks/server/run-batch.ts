import type { Client } from "../../client.ts";
import { ApiError } from "../../errors/api-error.ts";
import { ConnectionError } from "../../errors/connection-error.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import { batches, serverJob } from "../../generated/contract.ts";
import type { Methods } from "../../generated/methods.ts";
import { at, itemsAt } from "../../job.ts";
import type { ArgumentsOf, CallOptions } from "../../method.ts";

/** A method of the client that works on several things at once. */
export type BatchMethod = keyof typeof batches;

type BodyOf<Name extends BatchMethod> =
  ArgumentsOf<Name> extends { readonly body: infer Body } ? Omit<Body, (typeof batches)[Name]["ids"]> : never;

/** What a batch is given. */
export interface BatchOptions<Name extends BatchMethod> extends CallOptions {
  /** The ids, in any number; each is sent once. */
  readonly ids: Iterable<string>;
  /** The body without the list of ids. Default: empty. */
  readonly body?: BodyOf<Name> | undefined;
}

/** What became of every id of a batch; each is in one of the three. */
export interface BatchResult {
  /** What was done, or begun by a job. */
  readonly made: readonly { readonly id: string; readonly jobId?: string | undefined }[];
  /** What was not: refused by itself, with the code of the service, or with the whole request, with its error. */
  readonly refused: readonly {
    readonly id: string;
    readonly code: string;
    readonly message: string;
    readonly error?: unknown;
  }[];
  /** What may have been done: the answer is lost, or does not name it. */
  readonly inDoubt: readonly { readonly id: string; readonly error?: unknown }[];
}

interface Batch {
  readonly ids: string;
  readonly size: number;
  readonly answers?: Readonly<Record<"items" | "id" | "jobId" | "errorCode" | "errorMessage", string>>;
}

/**
 * Runs a method on any number of things: one request after the other, each of the size that the contract allows. An answer
 * with status 200 may hold refusals of single things; they are told apart here. One request that fails does not end the
 * others, but for refused credentials.
 *
 * @param name the method, such as `batchChangeServerImage`.
 * @returns what became of every id. It does not throw for what the service refuses or does not answer: look at all three lists.
 * @throws ValidationError when the first request breaks a rule of the contract; nothing was sent.
 * @throws the signal's reason when it was aborted before anything was sent.
 */
export async function runBatch<const Name extends BatchMethod>(
  client: Client & Pick<Methods, Name>,
  name: Name,
  options: BatchOptions<Name>,
): Promise<BatchResult> {
  const { ids: given, body, ...call } = options;
  const batch: Batch = batches[name];
  const ids = [...new Set(given)];
  const result = { made: [], refused: [], inDoubt: [] } as { [List in keyof BatchResult]: BatchResult[List][number][] };
  const send = client[name] as unknown as (args: { body: object }, call: CallOptions) => Promise<unknown>;
  for (let from = 0; from < ids.length; from += batch.size) {
    const part = ids.slice(from, from + batch.size);
    try {
      sort(part, await send({ body: { ...body, [batch.ids]: part } }, call), batch, result);
    } catch (error) {
      if (mayHaveWorked(error)) result.inDoubt.push(...part.map((id) => ({ id, error })));
      else {
        const goesOn = error instanceof ApiError && error.status !== 401;
        if (!goesOn && from === 0) throw error;
        const rest = goesOn ? part : ids.slice(from);
        result.refused.push(...rest.map((id) => ({ id, ...reasonOf(error), error })));
        if (!goesOn) break;
      }
    }
  }
  return result;
}

function sort(
  part: readonly string[],
  answer: unknown,
  { answers }: Batch,
  { made, refused, inDoubt }: { [List in keyof BatchResult]: BatchResult[List][number][] },
): void {
  if (answers === undefined) {
    const jobId = textAt(answer, serverJob.startedJobId) || undefined;
    made.push(...part.map((id) => ({ id, jobId })));
    return;
  }
  const items = new Map(itemsAt(answer, answers.items).map((item) => [textAt(item, answers.id), item]));
  for (const id of part) {
    const item = items.get(id);
    const [jobId, code, message] = [answers.jobId, answers.errorCode, answers.errorMessage].map((path) =>
      textAt(item, path),
    );
    if (item === undefined || (jobId === "" && code === "")) inDoubt.push({ id });
    else if (jobId) made.push({ id, jobId });
    else refused.push({ id, code: code ?? "", message: message ?? "" });
  }
}

function textAt(value: unknown, pointer: string): string {
  const found = at(value, pointer);
  return typeof found === "string" ? found : "";
}

/** Whether a request that failed may have done its work all the same. The gateway passes on nothing that it throttles. */
export function mayHaveWorked(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.mayHaveReached;
  if (error instanceof TimeoutError) return error.operationId !== undefined;
  return error instanceof ApiError && (error.status < 400 || error.status === 408 || error.status >= 500);
}

function reasonOf(error: unknown): { readonly code: string; readonly message: string } {
  const code = error instanceof ApiError ? (error.code ?? "") : "";
  return { code, message: error instanceof Error ? error.message : String(error) };
}

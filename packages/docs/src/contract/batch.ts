import type { OperationView } from "./operations.ts";

/** What became of one id of a batch: a job was started, or it was refused. */
export type BatchEntry =
  | { readonly id: string; readonly jobId: string }
  | { readonly id: string; readonly errorCode: string; readonly errorMessage: string };

/** The names of the fields of an answer that says of each id what became of it. */
export type BatchAnswers = Readonly<Record<"items" | "id" | "jobId" | "errorCode" | "errorMessage", string>>;

/** How an operation that takes several ids answers. */
export interface BatchView {
  /** The name of the field with the ids, and how many it takes at once, in words. */
  readonly ids: string;
  readonly limits: readonly string[];
  /** Undefined when the answer says nothing about each id. */
  readonly answers: BatchAnswers | undefined;
  /** What became of each id in the example of the answer. */
  readonly example: readonly BatchEntry[];
}

/** How an operation answers when it takes several ids; undefined when it takes one. */
export function batchOf({ batch, body, responses }: OperationView): BatchView | undefined {
  if (batch === undefined) return undefined;
  const ids = nameIn(batch.ids);
  const limits = body?.fields.find(({ name }) => name === ids)?.limits ?? [];
  if (batch.answers === undefined) return { ids, limits, answers: undefined, example: [] };
  const answers = {
    items: nameIn(batch.answers.items),
    id: nameIn(batch.answers.id),
    jobId: nameIn(batch.answers.jobId),
    errorCode: nameIn(batch.answers.errorCode),
    errorMessage: nameIn(batch.answers.errorMessage),
  };
  const [success] = responses.find(({ status }) => status.startsWith("2"))?.examples ?? [];
  return { ids, limits, answers, example: entriesIn(JSON.parse(success?.json ?? "{}"), answers) };
}

/** What an answer says of each id that it names. */
export function entriesIn(answer: unknown, answers: BatchAnswers): BatchEntry[] {
  const items = (answer as Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>)[answers.items] ?? [];
  return items.map((item) => {
    const of = (name: keyof BatchAnswers) => item[answers[name]] ?? "";
    const id = of("id");
    return of("errorCode") === ""
      ? { id, jobId: of("jobId") }
      : { id, errorCode: of("errorCode"), errorMessage: of("errorMessage") };
  });
}

/** The name that a pointer to a property ends with. */
function nameIn(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

import type { OperationView } from "./operations.ts";

/** What became of one id of a batch: a job was started, or it was refused. */
export type BatchEntry =
  | { readonly id: string; readonly jobId: string }
  | { readonly id: string; readonly errorCode: string; readonly errorMessage: string };

/** How an operation that takes several ids answers. */
export interface BatchView {
  /** The name of the field with the ids, and how many it takes at once, in words. */
  readonly ids: string;
  readonly limits: readonly string[];
  /** The names of the fields of an entry; undefined when the answer says nothing about each id. */
  readonly answers: Readonly<Record<"items" | "id" | "jobId" | "errorCode" | "errorMessage", string>> | undefined;
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
  const items = (JSON.parse(success?.json ?? "{}")[answers.items] ?? []) as readonly Readonly<Record<string, string>>[];
  const example = items.map((item) => {
    const of = (name: keyof typeof answers) => item[answers[name]] ?? "";
    const id = of("id");
    return of("errorCode") === ""
      ? { id, jobId: of("jobId") }
      : { id, errorCode: of("errorCode"), errorMessage: of("errorMessage") };
  });
  return { ids, limits, answers, example };
}

/** The name that a pointer to a property ends with. */
function nameIn(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

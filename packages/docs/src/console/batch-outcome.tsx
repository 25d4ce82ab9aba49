import type { ComponentChildren } from "preact";
import { type BatchAnswers, type BatchEntry, entriesIn } from "../contract/batch.ts";
import { errorPath } from "../contract/error-path.ts";
import { type Language, linkIn, onSite } from "../edition/language.ts";
import type { ConsoleWords } from "../words/console.ts";

/** What became of every id of a call: started by a job, refused, or not named in the answer. */
export interface BatchResult {
  readonly started: readonly Extract<BatchEntry, { readonly jobId: string }>[];
  readonly refused: readonly Extract<BatchEntry, { readonly errorCode: string }>[];
  readonly unnamed: readonly string[];
}

/** Tells apart what an answer says of each id that was asked for. */
export function batchResult(answer: unknown, answers: BatchAnswers, asked: readonly string[]): BatchResult {
  const entries = entriesIn(answer, answers);
  const named = new Set(entries.map(({ id }) => id));
  return {
    started: entries.filter((entry) => "jobId" in entry),
    refused: entries.filter((entry) => "errorCode" in entry),
    unnamed: asked.filter((id) => !named.has(id)),
  };
}

interface Props {
  readonly language: Language;
  readonly words: ConsoleWords;
  readonly batch: BatchResult;
}

/** What became of every id, apart. */
export function BatchOutcome({ language, words, batch: { started, refused, unnamed } }: Props) {
  return (
    <>
      <Group title={words.started} class="console-made">
        {started.map(({ id, jobId }) => (
          <li key={id}>
            <code>{id}</code> {words.job}: <code>{jobId}</code>
          </li>
        ))}
      </Group>
      <Group title={words.refused} class="console-made console-failed">
        {refused.map(({ id, errorCode, errorMessage }) => (
          <li key={id}>
            <code>{id}</code> <a href={onSite(linkIn(language, errorPath(errorCode)))}>{errorCode}</a> {errorMessage}
          </li>
        ))}
      </Group>
      <Group title={words.unnamed} class="console-made console-failed">
        {unnamed.map((id) => (
          <li key={id}>
            <code>{id}</code>
          </li>
        ))}
      </Group>
    </>
  );
}

interface GroupProps {
  readonly title: (count: number) => string;
  readonly class: string;
  readonly children: readonly ComponentChildren[];
}

/** Those of one kind under their number; nothing when there are none. */
function Group({ title, class: className, children }: GroupProps) {
  if (children.length === 0) return null;
  return (
    <>
      <h3>{title(children.length)}</h3>
      <ul class={className}>{children}</ul>
    </>
  );
}

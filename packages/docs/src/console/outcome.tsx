import { ApiError, ApsError, ConnectionError } from "@workspace-aps/client";
import { errorPath } from "../contract/error-path.ts";
import { linkIn, onSite } from "../edition/language.ts";
import type { ConsoleWords } from "../words/console.ts";
import { BatchOutcome, type BatchResult } from "./batch-outcome.tsx";
import { CodeBlock } from "./code-block.tsx";
import type { ConsoleFacts } from "./facts.ts";

/** What a call resolved to, with the name of its type, and what became of each id of several; or what it threw. */
export type Outcome =
  | { readonly result: unknown; readonly type: string; readonly batch?: BatchResult | undefined }
  | { readonly error: unknown };

/** What the client returned, with its type, or the error that it threw. */
export function OutcomeView({ facts, words, outcome }: { facts: ConsoleFacts; words: ConsoleWords; outcome: Outcome }) {
  if ("result" in outcome)
    return (
      <section>
        <h2>{words.result}</h2>
        {outcome.batch && <BatchOutcome language={facts.language} words={words} batch={outcome.batch} />}
        <CodeBlock label={outcome.type} text={JSON.stringify(outcome.result, null, 2) ?? "undefined"} />
      </section>
    );
  const { error } = outcome;
  const code = error instanceof ApiError ? error.code : undefined;
  return (
    <section>
      <h2>{words.error}</h2>
      <CodeBlock label={error instanceof ApsError ? error.name : "Error"} text={textOf(error)} />
      {facts.makesImage && mayHaveReached(error) && <p class="console-note">{words.mayHaveReached}</p>}
      {code !== undefined && (
        <p>
          <a href={onSite(linkIn(facts.language, errorPath(code)))}>{words.remedy}</a>
        </p>
      )}
    </section>
  );
}

function mayHaveReached(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.mayHaveReached;
  return error instanceof ApiError && error.status >= 500;
}

function textOf(error: unknown): string {
  if (!(error instanceof ApiError)) return String(error);
  const { message, status, code, requestId, permission } = error;
  return JSON.stringify({ message, status, code, requestId, permission }, null, 2);
}

import type { ImageJob } from "@workspace-aps/client";
import { errorPath } from "../contract/error-path.ts";
import { type Language, linkIn, onSite } from "../edition/language.ts";
import type { ConsoleWords } from "../words/console.ts";
import { type Exchange, speed } from "./cloud.ts";
import { CodeBlock } from "./code-block.tsx";
import { responseText } from "./exchange.tsx";

interface Props {
  readonly language: Language;
  readonly words: ConsoleWords;
  readonly job: {
    readonly seen: ImageJob | undefined;
    readonly elapsedMs: number;
    readonly looks: readonly Exchange[];
  };
  readonly typicalSeconds: number;
}

/** How a job goes on, and what it has made. */
export function JobView({ language, words, job: { seen, elapsedMs, looks }, typicalSeconds }: Props) {
  const seconds = Math.floor(elapsedMs / 1000);
  const { job_resource_info: made, job_execute_info: failure } = seen?.sub_jobs?.[0] ?? {};
  const isDone = seen?.end_time !== undefined && seen.end_time !== "" && seen.end_time !== null;
  const last = looks.at(-1);
  const state = words.jobState(seen?.status ?? "…", words.duration(Math.floor(seconds / 60), seconds % 60));
  return (
    <section class="console-job">
      <h2>{words.job}</h2>
      <p class="console-note">{words.jobText(speed)}</p>
      <progress
        aria-label={words.job}
        max={typicalSeconds}
        value={isDone ? typicalSeconds : Math.min(seconds, typicalSeconds * 0.98)}
      />
      <p class="console-state">{state}</p>
      {isDone && failure?.error_code && (
        <p class="console-made console-failed">
          <a href={onSite(linkIn(language, errorPath(failure.error_code)))}>{failure.error_code}</a>{" "}
          {failure.error_message}
        </p>
      )}
      {isDone && made?.resource_id && (
        <p class="console-made">
          {words.made}: {seen?.job_type === "CREATE_SERVER_IMAGE" ? words.image : words.server}{" "}
          <code>{made.resource_name}</code> <code>{made.resource_id}</code>
        </p>
      )}
      {isDone && last && (
        <details>
          <summary>{words.looks(looks.length)}</summary>
          <CodeBlock label={words.received} text={responseText(last) ?? words.noAnswer} />
        </details>
      )}
    </section>
  );
}

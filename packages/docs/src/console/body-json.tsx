import type { ConsoleWords } from "../words/console.ts";
import { FieldIssues } from "./field-issues.tsx";
import type { Checked } from "./request.ts";

interface Props {
  readonly words: ConsoleWords;
  readonly text: string;
  /** All rules that the body breaks. */
  readonly issues: Checked["issues"];
  readonly onType: (text: string) => void;
}

/** The body as JSON, to read, to edit and to paste. */
export function BodyJson({ words, text, issues, onType }: Props) {
  const id = "console-body";
  return (
    <div class="console-field">
      <label for={id}>{words.bodyAsJson}</label>
      <textarea
        id={id}
        aria-invalid={issues.length > 0}
        aria-describedby={issues.length > 0 ? `${id}-issues` : undefined}
        rows={Math.min(24, text.split("\n").length + 1)}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
      />
      <FieldIssues id={id} words={words} issues={issues} />
    </div>
  );
}

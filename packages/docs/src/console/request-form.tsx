import type { ConsoleWords } from "../words/console.ts";
import { BodyForm } from "./body-form.tsx";
import { bodyIn, type Path, textWith } from "./body-text.ts";
import type { ConsoleFacts } from "./facts.ts";
import { FieldInput } from "./field-input.tsx";
import { FoldedFields } from "./folded-fields.tsx";
import type { Checked, Typed } from "./request.ts";

interface Props {
  readonly facts: ConsoleFacts;
  readonly words: ConsoleWords;
  readonly typed: Typed;
  readonly issues: Checked["issues"];
  readonly onType: (typed: Typed) => void;
  readonly onSend: () => void;
}

/** The id of the form, for the buttons that stand outside of it. */
export const requestFormId = "console-request";

/** The request to fill in: its parameters and its body, with the rules that each value breaks beside it. */
export function RequestForm({ facts, words, typed, issues, onType, onSend }: Props) {
  const body = typed.body === undefined ? undefined : bodyIn(typed.body);
  return (
    <form
      id={requestFormId}
      class="console-request"
      aria-label={words.request}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <FoldedFields
        fields={facts.parameters}
        atHand={[]}
        words={words}
        show={(parameter) => (
          <FieldInput
            key={parameter.name}
            id={`console-${parameter.name}`}
            field={parameter}
            words={words}
            text={typed.values[parameter.name] ?? ""}
            issues={issues.filter(({ pointer }) => pointer === `/${parameter.place}/${parameter.name}`)}
            onType={(value) => onType({ ...typed, values: { ...typed.values, [parameter.name]: value } })}
          />
        )}
      />
      {typed.body !== undefined && (
        <BodyForm
          fields={facts.fields}
          words={words}
          body={body}
          atHand={Object.keys(bodyIn(facts.body ?? "") ?? {})}
          issues={issues}
          onChange={(path: Path, value: unknown) => onType({ ...typed, body: textWith(body ?? {}, path, value) })}
        />
      )}
    </form>
  );
}

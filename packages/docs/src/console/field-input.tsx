import type { ConsoleWords } from "../words/console.ts";
import { FieldIssues } from "./field-issues.tsx";
import type { FormField } from "./form-field.ts";
import type { Checked } from "./request.ts";

interface Props {
  readonly id: string;
  readonly field: FormField;
  readonly words: ConsoleWords;
  readonly text: string;
  readonly issues: Checked["issues"];
  readonly onType: (text: string) => void;
}

/** One value to type or to choose, with what it means, its limits, and the rules that it breaks. */
export function FieldInput({ id, field, words, text, issues, onType }: Props) {
  const { name, required, help, limits } = field;
  const notes = [help, limits].filter(Boolean).length > 0 ? [`${id}-help`] : [];
  const described = [...notes, ...(issues.length > 0 ? [`${id}-issues`] : [])].join(" ");
  const attributes = {
    id,
    "aria-required": required,
    "aria-invalid": issues.length > 0,
    "aria-describedby": described === "" ? undefined : described,
  };
  return (
    <div class="console-field">
      <label for={id}>
        <span class="console-name">{name}</span> {!required && <span class="console-note">({words.optional})</span>}
      </label>
      <Control field={field} words={words} text={text} attributes={attributes} onType={onType} />
      {notes.length > 0 && (
        <p id={`${id}-help`} class="console-help">
          {help} {limits !== "" && <span>{limits}</span>}
        </p>
      )}
      <FieldIssues id={id} words={words} issues={issues} />
    </div>
  );
}

interface ControlProps extends Pick<Props, "field" | "words" | "text" | "onType"> {
  readonly attributes: {
    readonly id: string;
    readonly "aria-required": boolean;
    readonly "aria-invalid": boolean;
    readonly "aria-describedby": string | undefined;
  };
}

function Control({ field, words, text, attributes, onType }: ControlProps) {
  const values = field.kind === "boolean" ? ["true", "false"] : field.values;
  if (field.kind === "array")
    return (
      <textarea
        {...attributes}
        rows={Math.min(8, text.split("\n").length + 1)}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
        // A line that was left empty is none.
        onBlur={({ currentTarget }) => onType(withoutEmptyLines(currentTarget.value))}
      />
    );
  if (values.length > 0)
    return (
      <select {...attributes} value={text} onInput={({ currentTarget }) => onType(currentTarget.value)}>
        {(!field.required || text === "") && (
          <option value="">{field.defaultValue === undefined ? "" : words.byDefault(field.defaultValue)}</option>
        )}
        {[...values, ...(text === "" || values.includes(text) ? [] : [text])].map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    );
  return (
    <input
      {...attributes}
      type="text"
      inputMode={field.kind === "integer" ? "numeric" : field.kind === "number" ? "decimal" : "text"}
      spellcheck={false}
      autocomplete="off"
      placeholder={field.defaultValue ?? ""}
      value={text}
      onInput={({ currentTarget }) => onType(currentTarget.value)}
    />
  );
}

function withoutEmptyLines(text: string): string {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .join("\n");
}

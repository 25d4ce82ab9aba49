import { useEffect, useRef } from "preact/hooks";
import type { ConsoleWords } from "../words/console.ts";
import { type Path, textOf, valueFrom } from "./body-text.ts";
import { FieldInput } from "./field-input.tsx";
import { FieldIssues } from "./field-issues.tsx";
import { FoldedFields } from "./folded-fields.tsx";
import type { FormField } from "./form-field.ts";
import type { Checked } from "./request.ts";

interface Props {
  readonly fields: readonly FormField[];
  readonly words: ConsoleWords;
  /** The body as it is; undefined as long as its text is not JSON. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  /** The names of the fields that are not folded. */
  readonly atHand: readonly string[];
  readonly issues: Checked["issues"];
  readonly onChange: (path: Path, value: unknown) => void;
}

/** The body as a form. Its text is the truth: the form shows what is in it, and changes it. */
export function BodyForm({ fields, words, body, atHand, issues, onChange }: Props) {
  const last = useRef(body ?? {});
  if (body !== undefined) last.current = body;
  // What was added or taken out moves the keyboard to where one goes on.
  const next = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (next.current !== undefined) document.getElementById(next.current)?.focus();
    next.current = undefined;
  });
  const form: Form = {
    words,
    issues,
    change(path, value, focusId) {
      next.current = focusId;
      onChange(path, value);
    },
  };
  return (
    <fieldset class="console-body" disabled={body === undefined}>
      <legend>{words.body}</legend>
      {body === undefined && <p class="console-note">{words.formWaits}</p>}
      <FoldedFields
        fields={fields}
        atHand={atHand}
        words={words}
        show={(field) => (
          <Part key={field.name} form={form} field={field} path={[field.name]} value={last.current[field.name]} />
        )}
      />
    </fieldset>
  );
}

/** What all parts of the form share. */
interface Form {
  readonly words: ConsoleWords;
  readonly issues: Checked["issues"];
  change(path: Path, value: unknown, focusId?: string): void;
}

interface PartProps {
  readonly form: Form;
  readonly field: FormField;
  readonly path: Path;
  readonly value: unknown;
}

const idOf = (path: Path) => ["form", ...path].join("-");
const issuesAt = ({ issues }: Form, path: Path) =>
  issues.filter(({ pointer }) => pointer === ["", "body", ...path].join("/"));

function Part({ form, field, path, value }: PartProps) {
  if (field.kind === "object") return <ObjectPart form={form} field={field} path={path} value={value} />;
  if (field.kind === "array" && field.fields.length > 0)
    return <ListPart form={form} field={field} path={path} value={value} />;
  const isList = field.kind === "array";
  const pointer = ["", "body", ...path].join("/");
  return (
    <FieldInput
      id={idOf(path)}
      field={isList ? { ...field, help: `${field.help} ${form.words.onePerLine}` } : field}
      words={form.words}
      text={isList && Array.isArray(value) ? value.map(textOf).join("\n") : textOf(value)}
      issues={form.issues.filter((issue) => `${issue.pointer}/`.startsWith(`${pointer}/`))}
      onType={(text) => {
        const isLeftOut = text === "" && !(field.required && (field.kind === "string" || isList));
        form.change(path, isLeftOut ? undefined : isList ? lines(text) : valueFrom(text, field.kind));
      }}
    />
  );
}

function lines(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}

/** An object: its fields when it is there, else a button that puts it there. */
function ObjectPart({ form, field, path, value }: PartProps) {
  const { words } = form;
  const id = idOf(path);
  const object = (value ?? {}) as Readonly<Record<string, unknown>>;
  const [first] = field.fields;
  return (
    <fieldset class="console-group" aria-describedby={`${id}-help`}>
      <legend>
        <span class="console-name">{field.name}</span>{" "}
        {!field.required && <span class="console-note">({words.optional})</span>}
      </legend>
      <p id={`${id}-help`} class="console-help">
        {field.help}
      </p>
      <FieldIssues id={id} words={words} issues={issuesAt(form, path)} />
      {value === undefined ? (
        <button type="button" id={id} onClick={() => form.change(path, {}, first && idOf([...path, first.name]))}>
          {words.add(field.name)}
        </button>
      ) : (
        <>
          {field.fields.map((child) => (
            <Part key={child.name} form={form} field={child} path={[...path, child.name]} value={object[child.name]} />
          ))}
          {!field.required && (
            <button type="button" onClick={() => form.change(path, undefined, id)}>
              {words.remove(field.name)}
            </button>
          )}
        </>
      )}
    </fieldset>
  );
}

/** A list of objects: each entry with its fields, and a button for another one as long as the limit allows it. */
function ListPart({ form, field, path, value }: PartProps) {
  const { words } = form;
  const id = idOf(path);
  const entries = (Array.isArray(value) ? value : []) as readonly Readonly<Record<string, unknown>>[];
  const [first] = field.fields;
  return (
    <fieldset class="console-group" aria-describedby={`${id}-help`}>
      <legend>
        <span class="console-name">{field.name}</span>{" "}
        {!field.required && <span class="console-note">({words.optional})</span>}
      </legend>
      <p id={`${id}-help`} class="console-help">
        {field.help} {field.limits !== "" && <span>{field.limits}</span>}
      </p>
      <FieldIssues id={id} words={words} issues={issuesAt(form, path)} />
      {entries.map((entry, index) => (
        <fieldset key={index} class="console-entry">
          <legend class="console-name">{`${field.name} ${index + 1}`}</legend>
          <FieldIssues id={idOf([...path, index])} words={words} issues={issuesAt(form, [...path, index])} />
          {field.fields.map((child) => (
            <Part
              key={child.name}
              form={form}
              field={child}
              path={[...path, index, child.name]}
              value={entry?.[child.name]}
            />
          ))}
          <button
            type="button"
            onClick={() =>
              form.change(entries.length === 1 && !field.required ? path : [...path, index], undefined, id)
            }
          >
            {words.remove(`${field.name} ${index + 1}`)}
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        id={id}
        disabled={field.mostItems !== undefined && entries.length >= field.mostItems}
        onClick={() => form.change([...path, entries.length], {}, first && idOf([...path, entries.length, first.name]))}
      >
        {words.add(`${field.name} ${entries.length + 1}`)}
      </button>
    </fieldset>
  );
}

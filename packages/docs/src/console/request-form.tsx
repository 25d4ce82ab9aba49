import type { ConsoleWords } from "../words/console.ts";
import type { FaultName } from "./cloud.ts";
import type { ConsoleFacts, ConsoleParameter } from "./facts.ts";
import type { Checked, Typed } from "./request.ts";

interface Props {
  readonly facts: ConsoleFacts;
  readonly words: ConsoleWords;
  readonly typed: Typed;
  readonly issues: Checked["issues"];
  readonly canSend: boolean;
  readonly isSending: boolean;
  readonly fault: FaultName;
  readonly onType: (typed: Typed) => void;
  readonly onFault: (fault: FaultName) => void;
  readonly onSend: () => void;
  /** Sends it so that an image is made once, whatever goes wrong; only where that is offered. */
  readonly onSendOnce: (() => void) | undefined;
  readonly onStartOver: () => void;
}

/** The request to edit, with the rules that it breaks beside each value. */
export function RequestForm(props: Props) {
  const { facts, words, typed, issues, canSend, isSending, fault, onType, onFault, onSend, onSendOnce, onStartOver } =
    props;
  const issuesAt = (prefix: string) => issues.filter(({ pointer }) => `${pointer}/`.startsWith(`${prefix}/`));
  const isValid = issues.length === 0;
  return (
    <form
      class="console-request"
      aria-label={words.request}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {facts.parameters.map((parameter) => (
        <Labelled
          key={parameter.name}
          id={`console-${parameter.name}`}
          name={parameter.name}
          words={words}
          note={parameter.required ? "" : `(${words.optional})`}
          issues={issuesAt(`/${parameter.place}/${parameter.name}`)}
        >
          {(attributes) => (
            <ParameterInput
              parameter={parameter}
              value={typed.values[parameter.name] ?? ""}
              attributes={attributes}
              onType={(value) => onType({ ...typed, values: { ...typed.values, [parameter.name]: value } })}
            />
          )}
        </Labelled>
      ))}
      {typed.body !== undefined && (
        <Labelled id="console-body" name={words.body} note="(JSON)" words={words} issues={issuesAt("/body")}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={Math.min(24, (typed.body ?? "").split("\n").length + 1)}
              spellcheck={false}
              value={typed.body}
              onInput={(event) => onType({ ...typed, body: event.currentTarget.value })}
            />
          )}
        </Labelled>
      )}
      <div class="console-field">
        <label for="console-fault">{words.goWrong}</label>
        <select id="console-fault" value={fault} onInput={(event) => onFault(event.currentTarget.value as FaultName)}>
          {Object.entries(words.faults)
            .filter(([name]) => name !== "failed" || facts.jobSeconds !== undefined)
            .map(([name, text]) => (
              <option key={name} value={name}>
                {text}
              </option>
            ))}
        </select>
      </div>
      {isValid && <p class="console-note">{words.valid}</p>}
      {onSendOnce && <p class="console-note">{words.sendOnceText}</p>}
      <div class="console-actions">
        <button type="submit" class="console-send" disabled={!canSend} aria-busy={isSending}>
          {isSending ? words.sending : words.send}
        </button>
        {onSendOnce && (
          <button type="button" disabled={!canSend} onClick={onSendOnce}>
            {words.sendOnce}
          </button>
        )}
        <button type="button" class="console-start-over" onClick={onStartOver}>
          {words.startOver}
        </button>
      </div>
      {globalThis.isSecureContext || <p class="console-issue">{words.insecure}</p>}
    </form>
  );
}

interface InputAttributes {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

function Labelled(props: {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly words: ConsoleWords;
  readonly issues: Checked["issues"];
  readonly children: (attributes: InputAttributes) => preact.JSX.Element;
}) {
  const { id, name, note, words, issues, children } = props;
  const hasIssues = issues.length > 0;
  return (
    <div class="console-field">
      <label for={id}>
        <span class="console-name">{name}</span> <span class="console-note">{note}</span>
      </label>
      {children({ id, "aria-invalid": hasIssues, "aria-describedby": hasIssues ? `${id}-issues` : undefined })}
      {hasIssues && (
        <ul id={`${id}-issues`} class="console-issues">
          {issues.map(({ pointer, message }) => (
            <li key={message}>
              {message} <FieldLink words={words} pointer={pointer} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Leads to what the reference says of a field, when the page has it. */
function FieldLink({ words, pointer }: { words: ConsoleWords; pointer: string }) {
  const names = pointer.split("/").filter((part) => part !== "" && !/^\d+$/.test(part));
  const id = names.join("-").toLowerCase();
  if (names.length < 2 || document.getElementById(id) === null) return null;
  return <a href={`#${id}`}>{words.accepts(names.at(-1) ?? "")}</a>;
}

function ParameterInput(props: {
  readonly parameter: ConsoleParameter;
  readonly value: string;
  readonly attributes: InputAttributes;
  readonly onType: (value: string) => void;
}) {
  const { parameter, value, attributes, onType } = props;
  if (parameter.values.length > 0)
    return (
      <select {...attributes} value={value} onInput={(event) => onType(event.currentTarget.value)}>
        {parameter.required || <option value="" />}
        {parameter.values.map((one) => (
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
      inputMode={parameter.isNumber ? "numeric" : "text"}
      spellcheck={false}
      autocomplete="off"
      placeholder={parameter.defaultValue ?? ""}
      value={value}
      onInput={(event) => onType(event.currentTarget.value)}
    />
  );
}

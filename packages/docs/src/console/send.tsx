import type { ConsoleWords } from "../words/console.ts";
import type { FaultName } from "./cloud.ts";
import type { ConsoleFacts } from "./facts.ts";
import { requestFormId } from "./request-form.tsx";

interface Props {
  readonly facts: ConsoleFacts;
  readonly words: ConsoleWords;
  readonly isValid: boolean;
  readonly canSend: boolean;
  readonly isSending: boolean;
  readonly fault: FaultName;
  readonly onFault: (fault: FaultName) => void;
  /** Sends it so that an image is made once, whatever goes wrong; only where that is offered. */
  readonly onSendOnce: (() => void) | undefined;
  readonly onStartOver: () => void;
}

/** What goes wrong with the call, and the buttons that send it. */
export function Send(props: Props) {
  const { facts, words, isValid, canSend, isSending, fault, onFault, onSendOnce, onStartOver } = props;
  return (
    <>
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
      <p class="console-note">{isValid ? words.valid : words.invalid}</p>
      {onSendOnce && <p class="console-note">{words.sendOnceText}</p>}
      <div class="console-actions">
        <button type="submit" form={requestFormId} class="console-send" disabled={!canSend} aria-busy={isSending}>
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
    </>
  );
}

import { regionHosts } from "@workspace-aps/client";
import { useEffect, useState } from "preact/hooks";
import type { Language } from "../edition/language.ts";
import type { Call, SampledOperation } from "../samples/call.ts";
import type { ConsoleWords } from "../words/console.ts";
import { sampleWords } from "../words/samples.ts";
import { CodeBlock } from "./code-block.tsx";
import { type RealEndpoint, signedCurl } from "./request.ts";

interface Props {
  readonly language: Language;
  readonly words: ConsoleWords;
  readonly operation: SampledOperation;
  readonly call: Call | undefined;
}

const secrets = new Set<keyof RealEndpoint>(["secretAccessKey", "securityToken"]);

const empty: RealEndpoint = {
  region: "ap-southeast-1",
  projectId: "",
  accessKeyId: "",
  secretAccessKey: "",
  securityToken: "",
};

/** Signs the call for a real endpoint. What is typed lives in this component, and nowhere else. */
export function RealEndpointForm({ language, words, operation, call }: Props) {
  const [real, setReal] = useState(empty);
  const [output, setOutput] = useState<{ readonly text: string; readonly isError: boolean }>();
  const type = (change: Partial<RealEndpoint>) => {
    setReal({ ...real, ...change });
    setOutput(undefined);
  };
  // A page that is left may be kept and shown again as it was, with what was typed.
  useEffect(() => {
    const forget = () => {
      setReal(empty);
      setOutput(undefined);
    };
    addEventListener("pagehide", forget);
    return () => removeEventListener("pagehide", forget);
  }, []);
  const texts = ["projectId", "accessKeyId", "secretAccessKey", "securityToken"] as const;
  return (
    <details class="console-real">
      <summary>{words.real}</summary>
      <p class="console-note">{words.realText}</p>
      <form
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (call === undefined) return;
          signedCurl(operation, call, real).then(
            (text) => setOutput({ text, isError: false }),
            (error: Error) => setOutput({ text: error.message, isError: true }),
          );
        }}
      >
        <div class="console-field">
          <label for="real-region">{words.region}</label>
          <select
            id="real-region"
            value={real.region}
            onInput={({ currentTarget }) => type({ region: currentTarget.value })}
          >
            {Object.keys(regionHosts).map((region) => (
              <option key={region} value={region}>
                {region}
              </option>
            ))}
          </select>
        </div>
        {texts.map((name) => (
          <div class="console-field" key={name}>
            <label for={`real-${name}`}>{words[name]}</label>
            <input
              id={`real-${name}`}
              // Browsers offer to keep what is typed as a password, unless it is for use once.
              {...(secrets.has(name) ? { type: "password", autocomplete: "one-time-code" } : { autocomplete: "off" })}
              spellcheck={false}
              required={name !== "securityToken"}
              value={real[name]}
              onInput={({ currentTarget }) => type({ [name]: currentTarget.value })}
            />
          </div>
        ))}
        <div class="console-actions">
          <button type="submit" disabled={call === undefined}>
            {words.sign}
          </button>
        </div>
      </form>
      {output?.isError && (
        <p role="alert" class="console-issue">
          {output.text}
        </p>
      )}
      {output?.isError === false && <CodeBlock label={sampleWords[language].signed} text={output.text} words={words} />}
    </details>
  );
}

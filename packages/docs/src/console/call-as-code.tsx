import { useState } from "preact/hooks";
import type { Language } from "../edition/language.ts";
import type { Call, SampledOperation } from "../samples/call.ts";
import { samplesOf } from "../samples/samples.ts";
import type { ConsoleWords } from "../words/console.ts";
import { sampleWords } from "../words/samples.ts";
import { CodeBlock } from "./code-block.tsx";

interface Props {
  readonly language: Language;
  readonly words: ConsoleWords;
  readonly operation: SampledOperation;
  readonly call: Call | undefined;
}

/** The call that was typed, as code to copy. */
export function CallAsCode({ language, words, operation, call }: Props) {
  const titles = sampleWords[language];
  const samples = samplesOf(operation);
  const [chosen, choose] = useState(0);
  const sample = samples[chosen];
  return (
    <fieldset class="console-samples">
      <legend>{words.code}</legend>
      {samples.map(({ id }, index) => (
        <label key={id} class="tab">
          <input type="radio" name="console-sample" checked={index === chosen} onInput={() => choose(index)} />{" "}
          {titles[id]}
        </label>
      ))}
      {call === undefined || sample === undefined ? (
        <p class="console-note">{words.codeInvalid}</p>
      ) : (
        <CodeBlock label={titles[sample.id]} text={sample.write(operation, call)} words={words} />
      )}
    </fieldset>
  );
}

import type { JSX } from "preact";
import type { ConsoleWords } from "../words/console.ts";
import type { FormField } from "./form-field.ts";

/** So few fields are shown together, whether they are needed or not. */
const few = 4;

/** Fields in their order: those that are needed or at hand, and the others folded under them when there are many. */
export function FoldedFields<Of extends FormField>(props: {
  readonly fields: readonly Of[];
  readonly atHand: readonly string[];
  readonly words: ConsoleWords;
  readonly show: (field: Of) => JSX.Element;
}) {
  const { fields, atHand, words, show } = props;
  const others = fields.filter(({ name, required }) => !required && !atHand.includes(name));
  if (others.length <= few) return <>{fields.map(show)}</>;
  return (
    <>
      {fields.filter((field) => !others.includes(field)).map(show)}
      <details class="console-more">
        <summary>{words.more(others.length)}</summary>
        <div>{others.map(show)}</div>
      </details>
    </>
  );
}

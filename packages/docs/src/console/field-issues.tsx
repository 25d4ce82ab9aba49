import type { ConsoleWords } from "../words/console.ts";
import type { Checked } from "./request.ts";

/** The rules that a value breaks, as a list that its input is described by. */
export function FieldIssues(props: { id: string; words: ConsoleWords; issues: Checked["issues"] }) {
  const { id, words, issues } = props;
  if (issues.length === 0) return null;
  return (
    <ul id={`${id}-issues`} class="console-issues">
      {issues.map(({ pointer, message }) => (
        <li key={message}>
          {message} <FieldLink words={words} pointer={pointer} />
        </li>
      ))}
    </ul>
  );
}

/** Leads to what the reference says of a field, when the page has it. */
function FieldLink({ words, pointer }: { words: ConsoleWords; pointer: string }) {
  const names = pointer.split("/").filter((part) => part !== "" && !/^\d+$/.test(part));
  const id = names.join("-").toLowerCase();
  if (names.length < 2 || document.getElementById(id) === null) return null;
  return <a href={`#${id}`}>{words.accepts(names.at(-1) ?? "")}</a>;
}

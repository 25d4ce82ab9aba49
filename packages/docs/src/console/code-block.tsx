import { useState } from "preact/hooks";
import type { ConsoleWords } from "../words/console.ts";

/** Text in a box that can be scrolled by the keyboard, and copied when `words` are given. */
export function CodeBlock({ label, text, words }: { label: string; text: string; words?: ConsoleWords }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <figure class="console-code">
      <figcaption>
        {label}
        {/* A page that was not loaded over https has no clipboard. */}
        {words && navigator.clipboard !== undefined && (
          <button
            type="button"
            onClick={async () => {
              await navigator.clipboard.writeText(text);
              setCopied(true);
              setTimeout(() => setCopied(false), 2000);
            }}
          >
            {isCopied ? words.copied : words.copy}
          </button>
        )}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}

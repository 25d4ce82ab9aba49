/** One rule of the contract that a request breaks. */
export interface Issue {
  /** JSON pointer into `{ path, query, body }`, such as `/body/name`. */
  readonly pointer: string;
  /** The rule, named by its JSON Schema keyword, such as `maxLength`. */
  readonly rule: string;
  /** The limit that the rule sets: a number, a pattern, the allowed values. */
  readonly limit?: unknown;
  /** What was given, as JSON, shortened to 60 characters. Absent when nothing was given. */
  readonly given?: string;
  /** The known property that an unknown one was probably meant to be. */
  readonly suggestion?: string;
  /** The whole issue in one sentence. */
  readonly message: string;
}

const longest = 60;

/** Makes an issue, with the value that was given shortened for display. */
export function issue(pointer: string, rule: string, limit: unknown, given: unknown, text: string): Issue {
  const shown =
    given === undefined ? undefined : shorten(String(typeof given === "bigint" ? given : JSON.stringify(given)));
  const message = shown === undefined ? `${pointer} ${text}.` : `${pointer} ${text}; given was ${shown}.`;
  return { pointer, rule, limit, ...(shown === undefined ? {} : { given: shown }), message };
}

function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

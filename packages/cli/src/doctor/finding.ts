/** What one look came to. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly result: "ok" | "warning" | "wrong";
  readonly says: string;
  /** What to do about it. */
  readonly cure?: string | undefined;
  /** With which exit code a command would end because of it. */
  readonly exitCode?: number | undefined;
}

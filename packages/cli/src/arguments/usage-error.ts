/** The command was typed wrongly. Nothing has been sent. */
export class UsageError extends Error {
  override name = "UsageError";
  /** The words of the command whose help explains more, such as `image create`. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

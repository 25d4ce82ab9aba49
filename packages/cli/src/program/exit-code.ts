/** How the program ends. */
export const exitCode = {
  done: 0,
  /** The service refused or failed, or could not be reached. */
  refused: 1,
  /** The command was typed wrongly. Nothing was sent. */
  usage: 2,
  /** The job that was waited for failed. */
  jobFailed: 3,
  timedOut: 4,
  interrupted: 130,
} as const;

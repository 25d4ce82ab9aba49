/** How the program ends. */
export const exitCode = {
  done: 0,
  /** The service refused or failed. */
  refused: 1,
  /** The command was typed wrongly. Nothing was sent. */
  usage: 2,
  /** The job that was waited for failed. */
  jobFailed: 3,
  timedOut: 4,
  /** Not reached, throttled, or the service was overloaded. The same command may succeed later. */
  tryAgain: 5,
  /** The key is not accepted, or may not do this. */
  notAllowed: 6,
  /** What was named does not exist. */
  notFound: 7,
  /** It cannot be told whether the work was started. */
  inDoubt: 8,
  /** Nothing is wrong; a person has to approve what comes next. */
  toApprove: 9,
  interrupted: 130,
} as const;

/** What each exit code means, in the words of help and documentation. */
export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCode.done, "done; of a list: every image was made"],
  [exitCode.refused, "refused or failed by the service; or several things went wrong, see the document"],
  [exitCode.usage, "wrong usage; nothing was sent"],
  [exitCode.jobFailed, "the job failed; of a rollout or a pipeline: servers, or a check"],
  [exitCode.timedOut, "timed out; the job goes on"],
  [exitCode.tryAgain, "not reached, throttled or overloaded; the same command may succeed later"],
  [exitCode.notAllowed, "not allowed: the key is not accepted, or lacks a permission"],
  [exitCode.notFound, "what was named does not exist"],
  [exitCode.inDoubt, "in doubt: it cannot be told whether the work was started; look before you try again"],
  [exitCode.toApprove, "waits for approval; the command that approves and goes on is named"],
  [exitCode.interrupted, "interrupted; the jobs that go on are named, and how to wait for them"],
];

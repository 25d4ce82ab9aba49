/** What a fault makes of a job. */
export type JobFate =
  /** It fails with this code and message: all of it, or the parts that work on these servers. */
  | { readonly fail: { readonly code: string; readonly message: string; readonly servers?: readonly string[] } }
  /** It never ends. Its sub-jobs stay in this state, such as ABNORMAL or ROLLBACK. Default: RUNNING. */
  | { readonly hang: true; readonly subJobStatus?: string }
  /** It succeeds, and the agents of its application servers register so many milliseconds later than they would. */
  | { readonly registerAfterMs: number };

/**
 * What makes the answers of reading operations differ from the truth. The state stays exact: only what a call sees is
 * another. Each hits every call of its operation unless the fault says otherwise; with the fault's `resource`, only the
 * records that are about it.
 */
export type ViewEffect =
  /**
   * What is read is what was there so long ago, in milliseconds of the emulator's clock. For an operation that needs a
   * server in a certain state, it is the old state that is looked at. For ListImageJobs, ShowImageJob and
   * ShowImageServer each by itself: name the operation.
   */
  | { readonly type: "lag"; readonly ms: number }
  /**
   * Records are not shown, in lists; and asked for by itself, one is not found. With `forFirstMs`, for so long after it
   * was made; with `afterEndMs`, once a job has ended so long ago, as if its record had been cleaned up; with both,
   * either. Without, never. In milliseconds of the emulator's clock.
   */
  | { readonly type: "hide"; readonly forFirstMs?: number; readonly afterEndMs?: number }
  /**
   * A job is shown as SUCCESS for so long without the part that holds its result (`part`), or with a part without the id
   * of what was made (`resource`).
   */
  | { readonly type: "lateResult"; readonly ms: number; readonly lacks: "part" | "resource" }
  /** What a job makes is shown under another name: that of the image server, or the same in capital letters. */
  | { readonly type: "name"; readonly form: "server" | "upper" }
  /**
   * Fields are left out wherever they occur in a record (`omit`), or show another value where they occur (`set`), such
   * as `resource_name`, `resource_id` or `begin_time`. With `onlyRunning`, only until the job or sub-job has ended.
   */
  | {
      readonly type: "fields";
      readonly omit?: readonly string[];
      readonly set?: Readonly<Record<string, unknown>>;
      readonly onlyRunning?: boolean;
    }
  /**
   * Times are written in another form: without `Z`, in the local time of UTC+8 with its offset (`offset`) or without
   * (`local`), with a blank for the T (`blank`), or as milliseconds since 1970 (`epoch`).
   */
  | { readonly type: "times"; readonly form: "noZone" | "offset" | "local" | "blank" | "epoch" }
  /** A list comes in another order: oldest first, mixed the same way at every call, or each time in another way. */
  | { readonly type: "order"; readonly by: "oldest" | "mixed" | "random" }
  /** A page holds no more items than this, whatever was asked for. */
  | { readonly type: "page"; readonly most: number };

/** The types of the effects that change what is seen. */
export type ViewEffectType = ViewEffect["type"];

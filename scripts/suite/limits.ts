const minuteMs = 60_000;

/**
 * A time limit ends what hangs, and nothing else. These are far beyond ten times what the slowest test takes on a quiet machine, so
 * that no test needs a limit of its own.
 */
export const limitsMs = {
  /** One test of the ordinary ones, or one of its hooks. */
  test: 10 * minuteMs,
  /** The same in the long part, where a hook builds everything and runs every test. */
  soak: 60 * minuteMs,
  /** One wait within a test: for a text, a request, a program that starts. Shorter, so that what is missing is named. */
  wait: 2 * minuteMs,
} as const;

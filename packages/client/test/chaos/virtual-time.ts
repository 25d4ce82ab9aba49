/** Time that passes only while everybody sleeps: whoever is due first is woken first. */
export function createVirtualTime(startMs: number) {
  let nowMs = startMs;
  let isRunning = false;
  const sleepers: { dueMs: number; wake: () => void }[] = [];

  async function run() {
    if (isRunning) return;
    isRunning = true;
    while (sleepers.length > 0) {
      // What goes on in this process has its say before time does.
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
      const dueMs = Math.min(...sleepers.map((sleeper) => sleeper.dueMs));
      const index = sleepers.findIndex((sleeper) => sleeper.dueMs === dueMs);
      nowMs = Math.max(nowMs, dueMs);
      sleepers.splice(index, 1)[0]?.wake();
    }
    isRunning = false;
  }

  return {
    now: () => nowMs,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
        sleepers.push({ dueMs: nowMs + Math.max(0, ms), wake: resolve });
        void run();
      }),
  };
}

import { join } from "node:path";
import { expect, test } from "vitest";
import { type Run, start, startProcess, type Target } from "./aps.ts";
import { startFleet } from "./fleet.ts";

/** Both the emulator's clock and the program's run this many times faster. */
const speed = 50;
/** Few servers in a test, many in the long run. */
const [size, times] = import.meta.env.MODE === "soak" ? [200, 5] : [40, 1];
const rounds = Array.from({ length: times }, (_, round) => [round]);

test.each(rounds)(
  "with faults in one of ten calls, killed by kill -9 at random and resumed: every image once (round %d)",
  async (round) => {
    await using fleet = await startFleet(size, round, speed);
    addFaults(fleet, 0.1);
    const list = await fleet.list(size);
    const journal = join(fleet.folder, "j");
    const create = ["image", "create", "--interval", "1s", "--journal", journal, "--concurrency", "8"];
    const environment = { ...fleet.environment, APS_SPEED: String(speed) };
    for (let kill = 0; kill < 5; kill++) {
      const running = startProcess([...create, ...(kill === 0 ? ["--from", list] : ["--resume"])], environment);
      const notes = await fleet.noted(journal);
      // The moment is drawn anew in every run of this test; the outcome must not depend on it.
      while ((await fleet.noted(journal)) < notes + 4 + (Math.random() * size) / 3 && running.process.exitCode === null)
        await pause(3);
      running.process.kill("SIGKILL");
      await running.ended;
    }
    const run = await start([...create, "--resume", "-o", "json"], environment).ended;
    expect(notMade(run)).toEqual([]);
    expect(run.code).toBe(0);
    expect(fleet.names()).toEqual(Array.from({ length: size }, (_, index) => `office-${index}`).sort());
  },
);

function notMade(run: Run): unknown[] {
  return (run.json().images as unknown as { result: string }[]).filter(({ result }) => result !== "made");
}

/** Faults of every kind, with a probability in all. */
function addFaults({ emulator }: Target, probability: number): void {
  const effects = [
    { type: "cut", afterWork: false },
    { type: "cut", afterWork: true },
    { type: "answer", status: 500, body: {} },
    { type: "answer", status: 502, body: {}, afterWork: true },
    { type: "answer", status: 429, body: {} },
    { type: "body", body: "truncated" },
    { type: "body", body: "html" },
  ] as const;
  for (const effect of effects) emulator.faults.add({ probability: probability / effects.length, effect });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

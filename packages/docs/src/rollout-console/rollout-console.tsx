import type { RolloutReport } from "@workspace-aps/client";
import { useEffect, useRef, useState } from "preact/hooks";
import type { RolloutWords } from "../words/rollout.ts";
import { createOffice, type Office } from "./office.ts";
import { Picture } from "./picture.tsx";
import { type Choices, type Event, run } from "./run.ts";

const frameMs = 200;
const minuteMs = 60_000;
const speeds = [400, 4_000];

/** How a run has ended, or why it could not go on. */
type Ending = RolloutReport | { readonly failure: string };

/** Rolls an image out in the page, and shows the servers meanwhile. */
export function RolloutConsole({ words }: { readonly words: RolloutWords }) {
  const [choices, setChoices] = useState<Choices>({ atOnce: 2, atTimeout: "wait", fails: false });
  const [speed, setSpeed] = useState(400);
  const office = useRef<Office>(undefined);
  const [started, setStarted] = useState(false);
  const [events, setEvents] = useState<readonly Event[]>([]);
  const [ending, setEnding] = useState<Ending>();
  const [, setFrame] = useState(0);
  const stopped = useRef<{ readonly atMs: number }>(undefined);
  const stop = useRef(new AbortController());
  const running = useRef<Promise<unknown>>(undefined);
  office.current ??= createOffice({ speed });
  const { current: here } = office;
  here.clock.speed = speed;

  useEffect(() => {
    const timer = setInterval(() => setFrame((frame) => frame + 1), frameMs);
    return () => {
      clearInterval(timer);
      stop.current.abort();
    };
  }, []);

  /** Ends what runs, and begins anew with the servers as they were. */
  const renew = () => {
    stop.current.abort();
    stop.current = new AbortController();
    stopped.current = undefined;
    setEvents([]);
    setEnding(undefined);
    office.current = createOffice({ speed });
    return { own: office.current, signal: stop.current.signal };
  };
  const start = async () => {
    const { own, signal } = renew();
    setStarted(true);
    // A process has one run on a group, and the one before may still be about to end.
    await running.current;
    const onEvent = (event: Event) => !signal.aborted && setEvents((all) => [...all, event]);
    const ended = run(own, choices, { signal, onEvent }).catch(
      (error: unknown): Ending => ({ failure: error instanceof Error ? error.message : String(error) }),
    );
    running.current = ended;
    const end = await ended;
    if (signal.aborted) return;
    stopped.current = { atMs: own.elapsedMs() };
    setEnding(end);
  };
  const startOver = () => {
    renew();
    setStarted(false);
  };

  const servers = here.servers();
  const moved = servers.filter(({ hasNewImage }) => hasNewImage).length;
  const minutes = Math.floor((started ? (stopped.current?.atMs ?? here.elapsedMs()) : 0) / minuteMs);
  const isRunning = started && ending === undefined;
  const last = events.at(-1);
  const said =
    last === undefined
      ? ""
      : words.event(last.name, words.states[last.state as keyof typeof words.states] ?? last.state);
  return (
    <div class="rollout-parts">
      <form
        class="rollout-form"
        aria-label={words.settings}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <label>
          {words.atOnce}
          <select
            value={choices.atOnce}
            disabled={isRunning}
            onChange={({ currentTarget }) => setChoices({ ...choices, atOnce: Number(currentTarget.value) })}
          >
            {[1, 2, 3].map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
        <label>
          {words.atTimeout}
          <select
            value={choices.atTimeout}
            disabled={isRunning}
            onChange={({ currentTarget }) =>
              setChoices({ ...choices, atTimeout: currentTarget.value as Choices["atTimeout"] })
            }
          >
            {(["wait", "skip", "logoff"] as const).map((what) => (
              <option key={what} value={what}>
                {words[what]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.speed}
          <select value={speed} onChange={({ currentTarget }) => setSpeed(Number(currentTarget.value))}>
            {speeds.map((times) => (
              <option key={times}>{times}</option>
            ))}
          </select>
        </label>
        <label class="rollout-check">
          <input
            type="checkbox"
            checked={choices.fails}
            disabled={isRunning}
            onChange={({ currentTarget }) => setChoices({ ...choices, fails: currentTarget.checked })}
          />
          {words.fault}
        </label>
        <p class="rollout-buttons">
          <button type="submit" class="rollout-start" disabled={isRunning || !isSecureContext}>
            {words.start}
          </button>
          <button type="button" class="rollout-over" disabled={!started} onClick={startOver}>
            {words.startOver}
          </button>
        </p>
        {!isSecureContext && <p>{words.insecure}</p>}
      </form>
      <p class="rollout-clock">{words.clock(Math.floor(minutes / 60), minutes % 60, speed)}</p>
      <Picture words={words} servers={servers} />
      <label class="rollout-total">
        <span>{words.moved(moved, servers.length)}</span>
        <progress max={servers.length} value={moved} />
      </label>
      <p role="status" class="rollout-said">
        {ending === undefined ? said : "failure" in ending ? ending.failure : words.results[ending.result]}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="rollout-events" aria-label={words.events} tabIndex={0}>
        {ending !== undefined && !("failure" in ending) && <Truth words={words} office={here} />}
        {events.length === 0 && <p>{words.nothingYet}</p>}
        <ol>
          {events.toReversed().map(({ atMs, name, state }, index) => (
            <li key={events.length - index}>
              <time>{timeOf(atMs)}</time> {words.event(name, words.states[state as keyof typeof words.states] ?? state)}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

/** What has really become of the sessions, as only the emulator knows. */
function Truth({ words, office }: { readonly words: RolloutWords; readonly office: Office }) {
  const [{ all, loggedOff, thrownOut }] = useState(() => office.endedSessions());
  return (
    <p class="rollout-truth">
      {words.sessions(all, loggedOff)} <strong>{words.thrownOut(thrownOut)}</strong>
    </p>
  );
}

function timeOf(ms: number): string {
  const minutes = Math.floor(ms / minuteMs);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

import type { JobFamily, JobKind, ServerDuringJob } from "../contract/document.ts";
import type { jobsWords } from "../words/jobs.ts";
import type { State, Step } from "./diagram.ts";

type Words = (typeof jobsWords)["en"];

/** What is drawn: states, and what leads from one to another. */
export type Drawing = [State[], Step[]];

type Way = ServerDuringJob & { readonly during: string };

/** Those that wait stand in a row, and the ends below each other. */
export function jobStates({ waiting, done, failed }: JobFamily["states"], words: Words): Drawing {
  const row = waiting.map((name, column) => ({ name, column, row: 0 }));
  const ends = [
    ...done.map((name) => ({ name, kind: "good" as const })),
    ...failed.map((name) => ({ name, kind: "bad" as const })),
  ].map((end, index) => ({ ...end, column: waiting.length, row: index }));
  const last = waiting.at(-1) ?? "";
  const between = waiting.slice(1).map((to, index) => ({ from: waiting[index] ?? "", to, by: words.starts }));
  const toEnds = ends.map(({ name, kind }) => ({
    from: last,
    to: name,
    by: kind === "good" ? words.works : words.fails,
  }));
  return [
    [...row, ...ends],
    [...between, ...toEnds],
  ];
}

/** The states of an image server: the way from creation to images stands in a row, and the way to deletion below it. */
export function imageServerStates({ kinds }: JobFamily, words: Words): Drawing {
  const all = Object.values(kinds);
  const [making, building, deleting] = (["image server", "image", "nothing"] as const).map((product) => {
    const kind = all.find(({ produces }) => produces === product);
    if (kind === undefined) throw new Error(`The contract has no kind of job that makes ${product}.`);
    return { ...kind.server, during: kind.server.during ?? "" };
  }) as [Way, Way, Way];
  const way = [making.during, making.after, building.during, building.after];
  const gone = words.gone;
  const down = deleting.allowed?.filter((state) => !way.includes(state) && state !== deleting.during) ?? [];
  const states: State[] = [
    ...way.map((name, column) => ({ name, column, row: 0 })),
    ...down.map((name, column) => ({ name, column, row: 1, kind: "bad" as const })),
    { name: deleting.during, column: 1, row: 1 },
    { name: gone, column: 2, row: 1 },
  ];
  const steps: Step[] = [
    { from: making.during, to: making.after, by: words.itWorks },
    { from: making.after, to: building.during, by: words.create },
    { from: building.during, to: building.after, by: words.itEnds },
    { from: building.after, to: building.during, by: words.createAnother },
    ...down.map((from) => ({ from, to: deleting.during, by: words.delete })),
    ...way
      .filter((state) => deleting.allowed?.includes(state))
      .map((from) => ({ from, to: deleting.during, by: words.delete })),
    { from: deleting.during, to: gone, by: words.itWorks },
  ];
  return [states, steps];
}

/** The states of the agent on an application server: it is away while the server is made or re-imaged. */
export function agentStates({ kinds }: JobFamily, words: Words): Drawing {
  const { server } = rebuilding(kinds);
  const { during = "", after, failed = "" } = server;
  return [
    [
      { name: during, column: 0, row: 0 },
      { name: after, column: 1, row: 0, kind: "good" },
      { name: failed, column: 1, row: 1, kind: "bad" },
    ],
    [
      { from: during, to: after, by: words.itWorks },
      { from: during, to: failed, by: words.itFails },
      { from: after, to: during, by: words.reimage },
    ],
  ];
}

/** The states of the machine of an application server: life in a row, failures and deletion below it. */
export function machineStates({ kinds }: JobFamily, words: Words): Drawing {
  const making = machineOf(Object.values(kinds).find(({ produces }) => produces === "application server"));
  const deleting = machineOf(Object.values(kinds).find(({ server }) => server.after === "gone"));
  const rebuilt = machineOf(rebuilding(kinds));
  return [
    [
      { name: making.during, column: 0, row: 0 },
      { name: making.after, column: 1, row: 0, kind: "good" },
      { name: rebuilt.during, column: 2, row: 0 },
      { name: making.failed, column: 0, row: 1, kind: "bad" },
      { name: deleting.during, column: 1, row: 1 },
      { name: rebuilt.failed, column: 2, row: 1, kind: "bad" },
      { name: deleting.failed, column: 1, row: 2, kind: "bad" },
      { name: words.gone, column: 2, row: 2 },
    ],
    [
      { from: making.during, to: making.after, by: words.itWorks },
      { from: making.during, to: making.failed, by: words.itFails },
      { from: making.after, to: rebuilt.during, by: words.reimage },
      { from: rebuilt.during, to: rebuilt.after, by: words.itWorks },
      { from: rebuilt.during, to: rebuilt.failed, by: words.itFails },
      { from: making.after, to: deleting.during, by: words.delete },
      { from: deleting.during, to: words.gone, by: words.itWorks },
      { from: deleting.during, to: deleting.failed, by: words.itFails },
    ],
  ];
}

/** The kind of job that makes a server that is there from another image. */
function rebuilding(kinds: JobFamily["kinds"]): JobKind {
  const found = Object.values(kinds).find(
    ({ produces, server }) => produces === "nothing" && server.during !== undefined,
  );
  if (found === undefined) throw new Error("The contract has no kind of job that makes a server anew.");
  return found;
}

function machineOf(kind: JobKind | undefined): NonNullable<JobKind["machine"]> {
  if (kind?.machine === undefined) throw new Error("The contract does not say what the machine of a job goes through.");
  return kind.machine;
}

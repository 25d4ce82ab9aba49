import type { JobKind } from "../contract/document.ts";
import type { Edition } from "../edition/edition.ts";
import { jobsWords } from "../words/jobs.ts";
import { type State, type Step, stateDiagram, timeline } from "./diagram.ts";
import { code, codes, type Page, table } from "./page.ts";

/** How jobs and image servers go on, from the contract's annotation of jobs. */
export function jobsPage({ language, contract, operations, link }: Edition): Page {
  const words = jobsWords[language];
  const { kinds, states, subJobs, pace } = contract["x-aps-job"].image;
  const linkTo = (id: string) => {
    const operation = operations.find((one) => one.id === id);
    return operation === undefined ? id : `[${operation.summary}](${link(`/reference/${operation.slug}/`)})`;
  };
  const after = ({ server }: JobKind) => (server.after === "gone" ? words.gone : code(server.after));
  const rows = Object.entries(kinds).map(([type, kind]) => [
    code(type),
    linkTo(kind.startedBy),
    words.products[kind.produces],
    words.oneThenOther(code(kind.server.during), after(kind)),
    words.duration(kind.typicalSeconds),
    words.duration(kind.limitSeconds),
  ]);
  const lines = Object.entries(kinds).map(([type, { typicalSeconds, limitSeconds }]) =>
    timeline(
      `time-${type.toLowerCase()}`,
      words.timeOf(type),
      { seconds: typicalSeconds, text: words.typical(words.duration(typicalSeconds)) },
      { seconds: limitSeconds, text: words.giveUp(words.duration(limitSeconds)) },
      type,
    ),
  );
  const body = [
    words.intro,
    `## ${words.job}`,
    stateDiagram("job", words.statesOfJob, ...jobStates(states, words), words.step),
    table(
      [words.states, words.meaning],
      [
        [codes(states.waiting), words.waiting],
        [codes(states.done), words.done],
        [codes(states.failed), words.failed],
        [words.other, words.otherMeaning],
      ],
    ),
    words.subJobs(codes(subJobs.states.waiting.filter((state) => !states.waiting.includes(state)))),
    words.pace(pace.firstLookSeconds, pace.intervalSeconds),
    `## ${words.kinds}`,
    table([words.type, words.startedBy, words.makes, words.serverState, words.takes, words.limit], rows),
    words.kindsText,
    ...lines,
    `## ${words.server}`,
    stateDiagram("server", words.statesOfServer, ...serverStates(kinds, words), words.step),
    ...Object.values(kinds).flatMap(({ startedBy, server }) =>
      server.allowed === undefined ? [] : [words.allowedIn(linkTo(startedBy), codes(server.allowed))],
    ),
    words.builtMeans(code(kinds.CREATE_SERVER_IMAGE?.server.after)),
  ].join("\n\n");
  return { id: "jobs", title: words.title, description: words.description, body };
}

type Words = (typeof jobsWords)["en"];

/** Those that wait stand in a row, and the ends below each other. */
function jobStates(
  { waiting, done, failed }: Edition["contract"]["x-aps-job"]["image"]["states"],
  words: Words,
): [State[], Step[]] {
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

/** The way from creation to images stands in a row, and the way to deletion below it. */
function serverStates(kinds: Edition["contract"]["x-aps-job"]["image"]["kinds"], words: Words): [State[], Step[]] {
  const all = Object.values(kinds);
  const [making, building, deleting] = (["image server", "image", "nothing"] as const).map((product) => {
    const kind = all.find(({ produces }) => produces === product);
    if (kind === undefined) throw new Error(`The contract has no kind of job that makes ${product}.`);
    return kind.server;
  }) as [JobKind["server"], JobKind["server"], JobKind["server"]];
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

import { timeAnchor } from "../contract/answers.ts";
import type { JobFamilyName, JobKind } from "../contract/document.ts";
import type { Edition } from "../edition/edition.ts";
import { jobsWords } from "../words/jobs.ts";
import { stateDiagram, timeline } from "./diagram.ts";
import { agentStates, imageServerStates, jobStates, machineStates } from "./job-diagrams.ts";
import { code, codes, type Page, table } from "./page.ts";

/** How jobs and the servers that they work on go on, family by family, from the contract's annotation of jobs. */
export function jobsPage(edition: Edition): Page {
  const words = jobsWords[edition.language];
  const families = Object.keys(edition.contract["x-aps-job"]) as JobFamilyName[];
  const body = [words.intro, ...families.flatMap((family) => familyParts(edition, family))].join("\n\n");
  return { id: "jobs", title: words.title, description: words.description, body };
}

function familyParts(edition: Edition, family: JobFamilyName): string[] {
  const words = jobsWords[edition.language];
  const own = words.families[family];
  const linkTo = linkIn(edition);
  const { kinds, states, subJobs, pace, show, list } = edition.contract["x-aps-job"][family];
  const lines = Object.entries(kinds).map(([type, { typicalSeconds, limitSeconds }]) =>
    timeline(
      timeAnchor({ family, type }),
      words.timeOf(type),
      { seconds: typicalSeconds, text: words.typical(words.duration(typicalSeconds)) },
      { seconds: limitSeconds, text: words.giveUp(words.duration(limitSeconds)) },
      type,
    ),
  );
  return [
    `## ${own.title}`,
    words.follow(linkTo(show.operationId), linkTo(list?.operationId ?? subJobs.list.operationId)),
    own.finding,
    words.pace(pace.firstLookSeconds, pace.intervalSeconds),
    `### ${own.states}`,
    stateDiagram(`job-${family}`, own.states, ...jobStates(states, words), words.step),
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
    `### ${own.kinds}`,
    table(
      [words.type, words.startedBy, words.makes, words.serverState, words.takes, words.limit],
      kindRows(edition, family),
    ),
    own.times,
    ...lines,
    ...(family === "image" ? imageServerParts(edition) : applicationServerParts(edition)),
  ];
}

function linkIn({ operations, link }: Edition) {
  return (id: string) => {
    const operation = operations.find((one) => one.id === id);
    return operation === undefined ? id : `[${operation.summary}](${link(`/reference/${operation.slug}/`)})`;
  };
}

function kindRows(edition: Edition, family: JobFamilyName): string[][] {
  const words = jobsWords[edition.language];
  const linkTo = linkIn(edition);
  const after = ({ server }: JobKind) => (server.after === "gone" ? words.gone : code(server.after));
  return Object.entries(edition.contract["x-aps-job"][family].kinds).map(([type, kind]) => [
    code(type),
    [kind.startedBy, kind.startedInBatchesBy ?? []].flat().map(linkTo).join(words.or),
    words.products[kind.produces],
    kind.server.during === undefined ? after(kind) : words.oneThenOther(code(kind.server.during), after(kind)),
    words.duration(kind.typicalSeconds),
    words.duration(kind.limitSeconds),
  ]);
}

function imageServerParts(edition: Edition): string[] {
  const words = jobsWords[edition.language];
  const linkTo = linkIn(edition);
  const family = edition.contract["x-aps-job"].image;
  return [
    `### ${words.server}`,
    stateDiagram("server", words.statesOfServer, ...imageServerStates(family, words), words.step),
    ...Object.values(family.kinds).flatMap(({ startedBy, server }) =>
      server.allowed === undefined ? [] : [words.allowedIn(linkTo(startedBy), codes(server.allowed))],
    ),
    words.builtMeans(code(family.kinds.CREATE_SERVER_IMAGE?.server.after)),
  ];
}

function applicationServerParts(edition: Edition): string[] {
  const words = jobsWords[edition.language];
  const family = edition.contract["x-aps-job"].server;
  return [
    `### ${words.applicationServer}`,
    words.twoStates,
    stateDiagram("agent", words.statesOfAgent, ...agentStates(family, words), words.step),
    stateDiagram("machine", words.statesOfMachine, ...machineStates(family, words), words.step),
    words.inferred,
  ];
}

import type { Edition } from "../edition/edition.ts";
import { jobsWords } from "../words/jobs.ts";
import { diagram } from "./diagram.ts";
import { code, codes, type Page, table } from "./page.ts";

/** How jobs and image servers go on, from the contract's annotation of jobs. */
export function jobsPage({ language, contract, operations, link }: Edition): Page {
  const words = jobsWords[language];
  const { kinds, states, pace } = contract["x-aps-job"];
  const [making, building, deleting] = [kinds.CREATE_SERVER, kinds.CREATE_SERVER_IMAGE, kinds.DELETE_SERVER];
  const linkTo = (id: string) => {
    const operation = operations.find((one) => one.id === id);
    return operation === undefined ? id : `[${operation.summary}](${link(`/reference/${operation.slug}/`)})`;
  };
  const duration = (seconds: number | undefined) =>
    seconds === undefined ? words.unknown : words.duration(Math.floor(seconds / 60), seconds % 60);
  const state = (name: string | undefined) => (name === "gone" ? words.gone : (name ?? ""));
  const rows = Object.entries(kinds).map(([type, { startedBy, produces, server, typicalSeconds, limitSeconds }]) => [
    code(type),
    linkTo(startedBy),
    words.products[produces],
    words.oneThenOther(code(server.during), server.after === "gone" ? words.gone : code(server.after)),
    duration(typicalSeconds),
    duration(limitSeconds),
  ]);
  const body = [
    words.intro,
    `## ${words.job}\n\n${diagram(
      "job",
      words.statesOfJob,
      [
        { state: states.waiting[0] ?? "", next: words.starts },
        { state: states.waiting[1] ?? "", next: words.ends },
        { state: [...states.done, ...states.failed].join(" / ") },
      ],
      words.step,
    )}`,
    table(
      [words.states, words.meaning],
      [
        [codes(states.waiting), words.waiting],
        [codes(states.done), words.done],
        [codes(states.failed), words.failed],
        [words.other, words.otherMeaning],
      ],
    ),
    words.pace(pace.firstLookSeconds, pace.intervalSeconds),
    `## ${words.kinds}\n\n${table(
      [words.type, words.startedBy, words.makes, words.serverState, words.takes, words.limit],
      rows,
    )}`,
    `## ${words.server}\n\n${diagram(
      "server",
      words.statesOfServer,
      [
        { state: state(making?.server.during), next: duration(making?.typicalSeconds) },
        { state: state(making?.server.after), next: words.create },
        { state: state(building?.server.during), next: duration(building?.typicalSeconds) },
        { state: state(building?.server.after), next: words.delete },
        { state: state(deleting?.server.during), next: duration(deleting?.typicalSeconds) },
        { state: state(deleting?.server.after) },
      ],
      words.step,
    )}`,
    words.allowed(codes(building?.server.allowed ?? []), code(building?.server.after)),
  ].join("\n\n");
  return { id: "jobs", title: words.title, description: words.description, body };
}

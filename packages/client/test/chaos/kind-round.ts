import { createEmulator, defaultWorld, type FaultEffect } from "@workspace-aps/emulator";
import {
  AmbiguousOutcomeError,
  ApsError,
  createClient,
  createImage,
  password,
  waitForImageJob,
} from "../../src/index.ts";

const [server] = defaultWorld.servers;
const [user] = defaultWorld.users;
const [project] = defaultWorld.projects;
if (!server || !user || !project) throw new Error("The default world is empty.");

/** How a round of faults ended. */
export interface Round {
  readonly seed: number;
  readonly faults: readonly string[];
  readonly outcome: "made" | "refused" | "ambiguous" | "untyped error";
  readonly jobs: number;
  readonly images: number;
  /** What must not happen; undefined when all is well. */
  readonly wrong: string | undefined;
}

/** The client's time-out of one attempt, in real milliseconds; a delayed answer comes after it. */
const timeoutMs = 15;
/** How long a delayed request is held, in virtual time. The gateway holds none for longer than 30 s. */
const delayMs = 28_000;

const effects: readonly FaultEffect[] = [
  { type: "cut", afterWork: false },
  { type: "cut", afterWork: true },
  ...[500, 502, 503, 504].flatMap((status): FaultEffect[] => [
    { type: "answer", status, body: { error_code: "APIGW.0201", error_msg: "fault" } },
    { type: "answer", status, body: "<html>fault</html>", afterWork: true },
  ]),
  { type: "answer", status: 429, headers: { "Retry-After": "3" } },
  { type: "answer", status: 200, body: "<html>a proxy</html>" },
  { type: "answer", status: 200, body: {}, afterWork: true },
  { type: "delay", ms: delayMs },
  { type: "delay", ms: delayMs, afterWork: true },
  { type: "body", body: "truncated" },
  { type: "body", body: "html" },
  { type: "body", body: "empty" },
];

/** Makes one image while faults drawn from the seed hit the calls, and holds the result against what really happened. */
export async function chaosRound(seed: number): Promise<Round> {
  const random = numbers(seed);
  // Time is virtual and passes only while somebody sleeps, but for time-outs of attempts, which are real.
  let nowMs = Date.UTC(2026, 10, 1) + seed * 1000;
  const held = async (ms: number) => {
    for (const due = nowMs + ms; nowMs < due; ) await tick();
  };
  const emulator = createEmulator({ seed, realNow: () => nowMs, sleep: held });
  const faults: string[] = [];
  const add = (operation: string, effect: FaultEffect) => {
    emulator.faults.add({ operation, effect });
    faults.push(`${operation} ${JSON.stringify(effect)}`);
  };
  const pick = () => effects[Math.floor(random() * effects.length)] as FaultEffect;
  const operations = [
    "RecreateServerImage",
    "RecreateServerImage",
    "ListImageSubJobs",
    "ShowImageServer",
    "ShowImageJob",
    "KeystoneCreateUserTokenByPassword",
  ];
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    add(operations[Math.floor(random() * operations.length)] as string, pick());
  }
  const expiresAtCall = random() < 0.2 ? Math.floor(random() * 4) : -1;
  let calls = 0;
  const client = createClient({
    region: project?.name,
    endpoint: "http://127.0.0.1:4010",
    credentials: password({
      domainName: user?.domain ?? "",
      userName: user?.name ?? "",
      password: user?.password ?? "",
    }),
    timeoutMs,
    now: () => nowMs,
    random,
    sleep: async (ms) => {
      nowMs += ms;
      await tick();
    },
    fetch: (input, init) => {
      calls += 1;
      if (calls === expiresAtCall + 2) emulator.state.tokens.clear();
      return emulator.fetch(input as string, init);
    },
  });
  const name = `image-${seed}`;
  let outcome: Round["outcome"] = "made";
  let jobId: string | undefined;
  try {
    ({ jobId } = await createImage(client, { serverId: server?.id ?? "", name }));
    await waitForImageJob(client, jobId);
  } catch (error) {
    if (error instanceof AmbiguousOutcomeError) outcome = "ambiguous";
    else if (error instanceof ApsError) outcome = "refused";
    else outcome = "untyped error";
  }
  // Work that a lost request still does, it has done by now.
  nowMs += delayMs;
  await tick();
  const { jobs, images } = emulator.state.projects.get(project?.id ?? "") ?? { jobs: new Map(), images: new Map() };
  const counts = { jobs: jobs.size, images: images.size };
  return { seed, faults, outcome, ...counts, wrong: wrongWith(outcome, jobId, [...jobs.keys()], images.size) };
}

/** Lets whatever waits in this process go on. */
function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}

function wrongWith(
  outcome: Round["outcome"],
  jobId: string | undefined,
  jobs: readonly string[],
  images: number,
): string | undefined {
  if (outcome === "untyped error") return "an error that is not one of the client's";
  if (jobs.length > 1) return "made twice";
  if (outcome === "made" && (jobs.length !== 1 || images !== 1)) return "said to be made, and was not";
  if (outcome === "made" && jobs[0] !== jobId) return "another job's id";
  if (outcome === "refused" && jobs.length > 0 && jobId === undefined) return "said to be refused, and was made: lost";
  return undefined;
}

function numbers(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

import {
  type Client,
  type RolloutOptions,
  type RolloutPlan,
  type RolloutRecord,
  type RolloutReport,
  rollOut,
} from "../../src/index.ts";
import { type Draw, drawFrom } from "../draw.ts";
import { mortal } from "../mortal.ts";
import { world } from "../world.ts";
import { groupId, groupOf, minute, newImage, type Office, office, oldImage, plan } from "./group.ts";

/** How a round ended. */
export interface UnkindRound {
  readonly seed: number;
  readonly result: string;
  /** What must not happen; undefined when all is well. */
  readonly wrong: string | undefined;
  readonly kills: number;
}

const scaling = {
  enable: true,
  max_scaling_amount: 3,
  single_expansion_count: 1,
  scaling_policy_by_session: { session_usage_threshold: 30, shrink_after_session_idle_minutes: 20 },
};
const policyOf = { wait: "user", skip: "user", logoff: "logoff" } as const;
const mostResumes = 6;

/** Rolls an image out in an unkind world that is drawn from the seed, and holds what is said against what has happened. */
export async function unkindRound(seed: number): Promise<UnkindRound> {
  const draw = drawFrom(seed);
  const count = 3 + draw.upTo(4);
  const sessions = Array.from({ length: draw.upTo(2 * count) }, (_, index) => ({
    user: `u${index}`,
    serverId: `s${1 + draw.upTo(count - 1)}`,
    endsAfterMs: draw.upTo(90) * minute,
    ...(draw.chance(0.3) ? { state: "Disconnected" as const } : {}),
  }));
  const isScaled = draw.chance(0.4);
  const own = office({ world: groupOf(count, { sessions }, isScaled ? { scaling } : {}), unkind: seed, seed });
  for (const operation of [
    "BatchChangeServerMaintainMode",
    "UpdateServer",
    "UpdateServerGroup",
    "CreateOrUpdateScalingPolicy",
  ]) {
    if (draw.chance(0.3))
      own.emulator.faults.add({ operation, probability: 0.2, effect: { type: "cut", afterWork: draw.chance(0.5) } });
  }
  const atTimeout = draw.oneOf(["wait", "skip", "logoff"] as const);
  const options: RolloutOptions = {
    drain: { timeoutMs: draw.upTo(60) * minute, atTimeout },
    maxFailures: draw.upTo(1),
    onFailure: draw.oneOf(["stop", "roll back"] as const),
    intervalMs: draw.oneOf([60_000, 120_000, 180_000]),
  };
  // What lags shows nothing from before the world began.
  own.pass(5 * minute);
  const made = await retried(() => plan(own, { maxUnavailable: 1 + draw.upTo(2), canary: draw.upTo(2) }));
  const records: RolloutRecord[] = [];
  const watch = watchService(own, made, records);
  own.watchers.push(watch.look);
  const others = meddle(own, draw, watch.drainedByOthers);
  own.watchers.push(others);
  let kills = 0;
  for (; kills < draw.upTo(3); kills++) {
    await runUntilKilled(own, made, options, records, 1 + draw.upTo(120));
    own.pass(draw.upTo(draw.oneOf([1, 10, 60])) * minute);
  }
  let report = await run(own.client, made, options, records);
  for (let more = 0; report.result === "interrupted" && more < mostResumes; more++) {
    own.pass(10 * minute);
    report = await run(own.client, made, options, records);
  }
  const wrong = watch.wrong() ?? wrongWith(own, made, report, watch.drainedByOthers, policyOf[atTimeout]);
  return { seed, result: report.result, wrong, kills };
}

async function run(
  client: Client,
  made: RolloutPlan,
  options: RolloutOptions,
  records: RolloutRecord[],
): Promise<RolloutReport> {
  const append = async (record: RolloutRecord) => void records.push(record);
  try {
    return await rollOut(client, made, { ...options, journal: { records: [...records], append } });
  } catch (error) {
    // Nothing was changed, by its own word.
    if (records.length > 0) throw error;
    return {
      result: "interrupted",
      stoppedBy: error,
      serverGroupId: groupId,
      imageId: oldImage,
      leftovers: [],
      servers: made.servers.map(({ id, name, imageId, sessions }) => ({
        id,
        name,
        imageId,
        sessions,
        state: "untouched",
        isDrained: false,
      })),
    };
  }
}

async function retried<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** A run that ends at its n-th note or request: what is under way is carried out, and nobody hears of it. */
export async function runUntilKilled(
  own: Office,
  made: RolloutPlan,
  options: RolloutOptions,
  records: RolloutRecord[],
  lifetime: number,
) {
  const { killed, live } = mortal(lifetime);
  const client = own.clientOf((input, init) => live(() => own.fetching(input, init)));
  const append = (record: RolloutRecord) => live(async () => void records.push(record));
  await Promise.race([
    killed,
    rollOut(client, made, { ...options, journal: { records: [...records], append } }).catch(() => {}),
  ]);
}

/** What somebody else does meanwhile: drains a server, or deletes the image. */
function meddle(own: Office, draw: Draw, drainedByOthers: Set<string>): (line: string) => void {
  const [drainAt, vanishAt] = [draw.chance(0.3) ? draw.upTo(300) : -1, draw.chance(0.1) ? draw.upTo(400) : -1];
  const victim = draw.random();
  let requests = 0;
  return () => {
    requests += 1;
    const idle = own.servers().filter((one) => !one.maintain_status && one.status === "REGISTERED");
    const server = idle[Math.floor(victim * idle.length)];
    if (requests === drainAt && server !== undefined) {
      server.maintain_status = true;
      drainedByOthers.add(server.id);
    }
    if (requests === vanishAt) own.emulator.state.projects.get(world.projectId)?.otherImages.delete(newImage);
  };
}

/** Looks at every request how many servers are out of service because of the rollout. */
function watchService(own: Office, made: RolloutPlan, records: readonly RolloutRecord[]) {
  const drainedByOthers = new Set<string>();
  let wrong: string | undefined;
  const look = () => {
    const servers = own.servers();
    const out = servers.filter((one) => {
      const isHeld = one.maintain_status && !drainedByOthers.has(one.id);
      return isHeld && made.servers.some(({ id, action }) => id === one.id && action === "move");
    }).length;
    // Back, as many may be out as before, beside those that have failed on the way.
    const isBack = records.some(({ type }) => type === "turn");
    const failed = new Set(records.flatMap((record) => (record.type === "failed" ? [record.serverId] : [])));
    const most = made.maxUnavailable + (isBack ? failed.size : 0);
    if (out > most) wrong ??= `${out} servers were out of service, and ${most} may be`;
  };
  return { look, drainedByOthers, wrong: () => wrong };
}

function wrongWith(
  own: Office,
  made: RolloutPlan,
  report: RolloutReport,
  byOthers: ReadonlySet<string>,
  allowed: string,
): string | undefined {
  const servers = own.servers();
  const lost = own.thrownOut().filter(({ endedBy }) => endedBy !== allowed && endedBy !== "deletion");
  if (lost.length > 0) return `${lost.length} sessions ended by ${lost[0]?.endedBy}`;
  const named = new Set(report.servers.map(({ id }) => id));
  const planned = made.servers.map(({ id }) => id);
  const unnamed = planned.filter((id) => !named.has(id));
  if (unnamed.length > 0) return `${unnamed} not in the report`;
  const mended = new Set(report.leftovers.map(({ serverId }) => serverId));
  const left = servers.filter(({ id, maintain_status }) => maintain_status && !byOthers.has(id) && !mended.has(id));
  if (left.length > 0) return `${left.map(({ id }) => id)} left drained unnamed (${report.result}: ${report.reason})`;
  const isOff = made.scaling !== undefined && own.streaming().scaling.get(groupId)?.enable !== true;
  if (isOff && !report.leftovers.some(({ what }) => what === "scaling off")) return "scaling left off unnamed";
  const image = own.streaming().groups.get(groupId)?.image_id;
  if (image !== report.imageId && !report.leftovers.some(({ what }) => what === "group image"))
    return `the group has ${image}`;
  const stateOf = (id: string) => report.servers.find((server) => server.id === id)?.state;
  const lies = servers.filter(({ id, image_id }) => stateOf(id) === "moved" && image_id !== report.imageId);
  if (lies.length > 0) return `${lies.map(({ id }) => id)} said to be moved (${report.result})`;
  if (report.result === "done" && servers.some(({ id, image_id }) => planned.includes(id) && image_id !== newImage))
    return "said to be done";
  if (report.result === "rolled back" && (image !== oldImage || servers.some(({ image_id }) => image_id === newImage)))
    return "said to be rolled back";
  return undefined;
}

import { accessKey, type CredentialSource, createClient } from "@workspace-aps/client";
import { createEmulator, defaultWorld, type World } from "@workspace-aps/emulator";
import type { FleetRunImage, Place } from "../src/index.ts";

const [{ name: defaultRegion, ...project }] = given(defaultWorld.projects);
const [user] = given(defaultWorld.users);

/** The key that the service of a test takes. */
export const [testKey] = given(user.accessKeys ?? []);

/** What a service of a test is like. */
interface WorldOptions {
  /** Ids of its servers, for each project by its digit. */
  readonly servers: Readonly<Record<string, readonly string[]>>;
  /** Default: that of the emulator. */
  readonly region?: string;
  readonly speed: number;
  readonly jobs?: "poll";
  /** Default: those of {@link testKey}. */
  readonly credentials?: CredentialSource;
  /** What else is there. */
  readonly more?: Partial<World>;
}

/** A service with some projects, and what a fleet needs to work on it in this process. */
export function worldOf({ servers, region = defaultRegion, speed, jobs, more = {}, ...given }: WorldOptions) {
  const own = accessKey({ accessKeyId: testKey.id, secretAccessKey: testKey.secret });
  const { credentials = own } = given;
  const projects = Object.keys(servers).map((digit) => ({ ...project, id: digit.repeat(32), name: region }));
  const builders = projects.flatMap(({ id: projectId }) =>
    (servers[projectId[0] ?? ""] ?? []).map((id) => ({ id, projectId, name: id })),
  );
  const world = { projects, servers: builders, users: [user], imageQuota: 10_000, ...more };
  const emulator = createEmulator({ world, speed, ...(jobs === undefined ? {} : { jobs }) });
  const start = Date.now();
  const images: FleetRunImage[] = builders.map(({ id, projectId }) => imageOf(region, projectId, id));
  return {
    emulator,
    /** One image of each server. */
    images,
    /** The image of a server of the first project. */
    image: (serverId: string) => imageOf(region, projects[0]?.id ?? "", serverId),
    clientOf: (place: Place) =>
      createClient({
        ...{ region: place.region, projectId: place.projectId, endpoint: "http://127.0.0.1" },
        credentials,
        fetch: (input, init) => emulator.fetch(input as string, init),
        now: () => start + (Date.now() - start) * speed,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / speed)),
      }),
    /** Names of the images that the service has made, in order. It is the judge, and not the fleet. */
    made: () =>
      projects
        .flatMap(({ id }) => [...(emulator.state.projects.get(id)?.images.values() ?? [])].map(({ name }) => name))
        .sort(),
    /** How many jobs it was made to start. */
    started: () => projects.reduce((sum, { id }) => sum + (emulator.state.projects.get(id)?.jobs.size ?? 0), 0),
    /** How often it was asked to make an image of a server, of late. */
    posts: (serverId: string) =>
      emulator.requests.filter(({ method, path }) => method === "POST" && path.includes(`/${serverId}/`)).length,
  };
}

function imageOf(region: string, projectId: string, serverId: string): FleetRunImage {
  return { region, projectId, serverId, name: `office-${serverId}` };
}

/** Names of images, in order. */
export const namesOf = (images: readonly FleetRunImage[]) => images.map(({ name }) => name).sort();

/** What a worker in a process of its own needs to know. */
export function workerEnvironment(
  databaseUrl: string,
  serviceUrl: string,
  speed = 1,
): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    APS_FLEET_DATABASE_URL: databaseUrl,
    APS_ENDPOINT: serviceUrl,
    APS_SPEED: String(speed),
    HUAWEICLOUD_SDK_AK: testKey.id,
    HUAWEICLOUD_SDK_SK: testKey.secret,
  };
}

/** For a fleet that only writes down and reads. */
export function noClient(): never {
  throw new Error("This fleet does not work.");
}

function given<Item>(items: readonly Item[]): readonly [Item, ...Item[]] {
  const [first, ...others] = items;
  if (first === undefined) throw new Error("The default world is empty.");
  return [first, ...others];
}

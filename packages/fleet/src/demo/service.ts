import type { FleetRunImage } from "../images/image.ts";

/** The service of a demo: an emulator with servers in four projects. */
export interface DemoService extends AsyncDisposable {
  readonly images: readonly FleetRunImage[];
  /** What workers need to know of it, as variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many jobs it was asked for. */
  started(): number;
  /** Names of the images that it has made. */
  made(): string[];
}

const speed = 100;

/** Starts it. The emulator is loaded by this only, because workers of a real service do without it. */
export async function startService(): Promise<DemoService> {
  const { createEmulator, defaultWorld } = await import("@workspace-aps/emulator");
  const { serve } = await import("@workspace-aps/emulator/node");
  const [region] = defaultWorld.projects;
  const [user] = defaultWorld.users;
  const [key] = user?.accessKeys ?? [];
  if (region === undefined || user === undefined || key === undefined) throw new Error("The default world is empty.");
  const projects = [1, 2, 3, 4].map((digit) => ({ ...region, id: String(digit).repeat(32) }));
  const servers = projects.flatMap(({ id }, project) =>
    [1, 2, 3, 4, 5].map((server) => ({
      ...{ id: `builder-${project + 1}-${server}`, projectId: id, name: `builder-${project + 1}-${server}` },
    })),
  );
  const emulator = createEmulator({ world: { projects, servers, users: [user] }, speed, jobs: "poll" });
  const service = await serve(emulator);
  const states = () => projects.flatMap(({ id }) => emulator.state.projects.get(id) ?? []);
  return {
    images: servers.map(({ id, projectId }) => ({
      ...{ region: region.name, projectId, serverId: id, name: id.replace("builder", "office") },
    })),
    environment: {
      ...{ APS_ENDPOINT: service.url, APS_SPEED: String(speed) },
      ...{ HUAWEICLOUD_SDK_AK: key.id, HUAWEICLOUD_SDK_SK: key.secret },
    },
    started: () => states().reduce((sum, { jobs }) => sum + jobs.size, 0),
    made: () => states().flatMap(({ images }) => [...images.values()].map(({ name }) => name)),
    [Symbol.asyncDispose]: () => service.close(),
  };
}

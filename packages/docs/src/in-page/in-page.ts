import { accessKey, type ClientOptions } from "@workspace-aps/client";
import { createEmulator, defaultWorld, type Emulator, type World } from "@workspace-aps/emulator";
import { createPageClock, type PageClock } from "./page-clock.ts";

/** The service in this page. */
export interface InPage {
  readonly emulator: Emulator;
  /** That of the service and of its clients. */
  readonly clock: PageClock;
  /** What makes a client of it: with its first project, and with the first access key that is in its world. */
  readonly clientOptions: ClientOptions;
}

/**
 * Starts an emulator in this page.
 *
 * @param options.speed how many times faster than real time everything goes.
 * @param options.world what there is. Default: the world of the documentation.
 */
export function inPage({ speed, world = defaultWorld }: { readonly speed: number; readonly world?: World }): InPage {
  const [project] = world.projects;
  const [key] = world.users[0]?.accessKeys ?? [];
  if (project === undefined || key === undefined) throw new Error("The emulator's world is empty.");
  const clock = createPageClock(speed);
  const emulator = createEmulator({ world, realNow: clock.now });
  return {
    emulator,
    clock,
    clientOptions: {
      region: project.name,
      projectId: project.id,
      credentials: accessKey({ accessKeyId: key.id, secretAccessKey: key.secret }),
      now: clock.now,
      sleep: clock.sleep,
      fetch: (input, init) => emulator.fetch(input, init),
    },
  };
}

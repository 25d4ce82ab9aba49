import { test } from "vitest";
import { image, office, rollout } from "./pipeline.ts";

const isLong = import.meta.env.MODE === "soak";
/** How many requests the service has got when the run is killed. */
const lifetimes = isLong ? Array.from({ length: 40 }, (_, index) => 2 + 3 * index) : [5, 24, 60];

test.concurrent.for(lifetimes)(
  "killed after %i requests, it goes on: one image, one job for each server, and nothing left behind",
  async (lifetime, { expect }) => {
    await using own = await office();
    await own.write(image, "verify:\n  run: 'true'\n", rollout, "prune:\n  name: office-*\n  keep: 1\n");
    const run = own.process("--approve");
    while (own.emulator.requests.length < lifetime && run.process.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 1));
    run.process.kill("SIGKILL");
    await run.ended;
    const hasJournal = await own.read("golden.yaml.run/pipeline.journal").catch(() => "");
    const again = await own.aps(...(hasJournal === "" ? [] : ["--resume"]), "--approve", "-o", "json");
    expect([lifetime, again.code, again.code === 0 ? "" : again.err]).toEqual([lifetime, 0, ""]);
    expect(own.jobs("CREATE_SERVER_IMAGE")).toHaveLength(1);
    expect(own.jobs("CHANGE_SERVER_IMAGE")).toHaveLength(5);
    const { image_id: id } = (again.json() as unknown as { image: { image_id: string } }).image;
    expect(own.images()).toEqual(Array(5).fill(id));
    const servers = [...own.project().streaming.servers.values()];
    expect(servers.filter(({ maintain_status }) => maintain_status)).toEqual([]);
  },
);

import { expect } from "vitest";
import type { Emulator } from "../src/index.ts";

/** Sends one request of the service and resolves to the body of its answer, whatever client it is. */
export type Call = (
  method: "GET" | "POST" | "PATCH",
  path: string,
  request?: { readonly data?: object; readonly query?: Readonly<Record<string, unknown>> },
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared with expectations, not used
) => Promise<any>;

const minute = 60_000;

/**
 * The whole round of a golden image, as a foreign client would go it: create a server, hand software over, make an image,
 * look at everything, and delete all but the image.
 */
export async function goldenImageRound({ clock, state, violations }: Emulator, call: Call): Promise<void> {
  const endOf = async (jobId: string) => {
    expect(await call("GET", `/image-server-jobs/${jobId}`)).toMatchObject({ status: "WAITING" });
    clock.advance(30 * minute);
    const job = await call("GET", `/image-server-jobs/${jobId}`);
    expect(job).toMatchObject({ id: jobId, status: "SUCCESS" });
    return job.sub_jobs[0].job_resource_info;
  };

  const created = await call("POST", "/image-servers", {
    data: {
      name: "镜像任务0508",
      description: "Für Büro & Co. (2026)",
      product_id: "workspace.x86.performance.xlarge4",
      root_volume: { type: "SATA", size: 60 },
      image_ref: { id: "da02e5ca-c6ec-4685-8ecb-f116bb5bdd2c", image_type: "gold", spce_code: "90a6e84b" },
      vpc_id: "59785ba5-e5d5-4836-b9de-19f22ac15175",
      subnet_id: "a5842cb4-5718-4b0a-8b27-3a3e9c74f977",
      authorize_accounts: [{ account: "administrator", account_type: "USER" }],
      attach_apps: ["680556127464718336"],
    },
  });
  const { resource_id: serverId } = await endOf(created.job_id);
  const server = `/image-servers/${serverId}`;
  expect(await call("GET", server)).toMatchObject({ status: "ACTIVE", name: "镜像任务0508", image_id: "" });

  const found = await call("GET", "/image-servers", { query: { server_name: "任务", limit: 1, offset: 0 } });
  expect(found).toMatchObject({ count: 1, items: [{ id: serverId }] });
  const none = await call("GET", "/image-servers", { query: { server_name: "a b/c(d)*+~'!&=" } });
  expect(none).toMatchObject({ count: 0, items: [] });
  await call("PATCH", server, { data: { name: "office", description: "" } });
  await call("POST", `${server}/actions/attach-app`, { data: { items: ["694648268272959489"] } });
  expect(await call("GET", `${server}/actions/latest-attached-app`)).toMatchObject({
    items: [{ id: "694648268272959489" }],
  });

  const started = await call("POST", `${server}/actions/recreate-image`, { data: { name: "镜像 0508" } });
  const image = await endOf(started.job_id);
  expect(image.resource_name).toBe("镜像 0508");
  expect(await call("GET", server)).toMatchObject({ status: "BUILT", image_id: image.resource_id });

  const deleted = await call("PATCH", "/image-servers/actions/batch-delete", {
    data: { items: [serverId], recursive: true },
  });
  await endOf(deleted.job_id);
  await expect(call("GET", server)).rejects.toThrow();

  const kind = { job_type: "CREATE_SERVER_IMAGE" };
  expect(await call("GET", "/image-server-jobs", { query: { ...kind, status: "SUCCESS" } })).toMatchObject({
    count: 1,
  });
  const { items } = await call("GET", "/image-server-sub-jobs", { query: { ...kind, job_id: started.job_id } });
  await call("PATCH", "/image-server-sub-jobs/actions/batch-delete", { data: { items: [items[0].id] } });
  const counting = { query: { job_type: "CREATE_SERVER,CREATE_SERVER_IMAGE,DELETE_SERVER" } };
  expect(await call("GET", "/image-server-sub-jobs/actions/count", counting)).toMatchObject({ count: 2 });

  const [project] = state.projects.values();
  expect([...(project?.images.keys() ?? [])]).toEqual([image.resource_id]);
  expect(project?.machinery.has(serverId)).toBe(false);
  expect(violations).toEqual([]);
}

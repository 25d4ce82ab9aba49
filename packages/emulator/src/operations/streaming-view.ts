import type { AppServerRecord, ServerGroupRecord } from "../streaming/records.ts";
import { openSessionsOn } from "../streaming/sessions.ts";
import { seeJob } from "../views/jobs.ts";
import { seeAppServers, seeScalingPolicy } from "../views/streaming.ts";
import { seenAtMs } from "../views/view.ts";
import { writeRecord } from "../views/write-record.ts";
import { serviceTime } from "../world/clock.ts";
import { findImage } from "../world/images.ts";
import type { Call } from "./operation.ts";

const flavor = { id: "s6.xlarge.2", links: [] };
const vpc = "59785ba5-e5d5-4836-b9de-19f22ac15175";
const zone = "cn-north-4a";

/** An application server as ListServers shows it. */
export function appServerView(call: Call, server: AppServerRecord): Record<string, unknown> {
  const { project, view } = call;
  const { streaming } = project;
  const isAbout = isAboutServer(server);
  const { addr, job_id: jobId, ...own } = server;
  const job = jobId === undefined ? undefined : project.jobs.get(jobId);
  const lastJob = job === undefined ? undefined : seeJob(view, project, job);
  const group = streaming.groups.get(server.server_group_id);
  const image = findImage(project, server.image_id);
  return writeRecord(view, isAbout, {
    ...own,
    server_group_name: group?.name ?? "",
    session_count: openSessionsOn(streaming, server.id, seenAtMs(view, isAbout)).length,
    ...(lastJob === undefined
      ? {}
      : {
          job_id: lastJob.id,
          job_type: lastJob.type,
          job_status: lastJob.status,
          job_time: serviceTime(lastJob.createdAtMs),
        }),
    os_type: group?.os_type ?? "Windows",
    os_version: image?.osVersion ?? "",
    availability_zone: zone,
    domain: "",
    ou_name: group?.ou_name ?? "",
    order_id: "",
    flavor,
    metadata: {
      charging_mode: "0",
      "metering.image_id": server.image_id,
      "metering.imagetype": image?.imageType ?? "private",
      image_name: image?.name ?? "",
      EcmResStatus: "normal",
    },
    freeze: [],
    host_address: [
      {
        addr,
        version: 4,
        "OS-EXT-IPS:type": "fixed",
        vpc_id: group?.vpc_id ?? vpc,
        subnet_id: group?.subnet_id ?? "",
        tenant_type: "tenant",
      },
    ],
    enterprise_project_id: group?.enterprise_project_id ?? "0",
    tags: tagsView(server.tags),
  });
}

/** The same with what only ShowServer shows. */
export function appServerDetails(call: Call, server: AppServerRecord): Record<string, unknown> {
  const group = call.project.streaming.groups.get(server.server_group_id);
  return writeRecord(call.view, isAboutServer(server), {
    ...appServerView(call, server),
    addresses: { [group?.vpc_id ?? vpc]: [{ addr: server.addr, version: "4", "OS-EXT-IPS:type": "fixed" }] },
    root_volume: { type: group?.system_disk_type ?? "SAS", size: group?.system_disk_size ?? 80, device: "/dev/sda" },
    data_volumes: [],
    security_groups: [],
  });
}

function isAboutServer({ id, server_group_id }: AppServerRecord): (resource: string) => boolean {
  return (resource) => resource === id || resource === server_group_id;
}

/** A server group as ListServerGroups shows it. */
export function groupView(call: Call, group: ServerGroupRecord): Record<string, unknown> {
  const { project, view } = call;
  const { streaming } = project;
  const { image_type: _type, image_product_id: _product, route_policy: _policy, vpc_id: _vpc, ...own } = group;
  const servers = seeAppServers(view, streaming).filter(({ server_group_id }) => server_group_id === group.id);
  const scaling = seeScalingPolicy(view, streaming, group.id);
  return writeRecord(view, (resource) => resource === group.id, {
    ...own,
    image_name: findImage(project, group.image_id)?.name ?? "",
    subnet_name: "subnet-workspace",
    site_type: "CENTER",
    app_server_count: servers.length,
    app_server_flavor_count: servers.length === 0 ? 0 : 1,
    app_group_count: [...streaming.appGroups.values()].filter(({ groupId }) => groupId === group.id).length,
    ...(scaling === undefined ? {} : { scaling_policy: scaling }),
    tags: tagsView(group.tags),
  });
}

function tagsView(tags: Readonly<Record<string, string>>): object[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** The same with what only ShowServerGroup shows. */
export function groupDetails(call: Call, group: ServerGroupRecord): Record<string, unknown> {
  const { image_type, image_product_id, route_policy } = group;
  return {
    ...groupView(call, group),
    image_type,
    image_product_id,
    route_policy,
    flavors: [flavor],
    ip_virtual: { enable: false },
  };
}

import { job as facts } from "../generated/contract.ts";
import { serviceTime } from "./clock.ts";
import { createIds, type Ids } from "./ids.ts";
import type { World, WorldImage, WorldUser } from "./world.ts";

/** An image server as ShowImageServer answers it. */
export interface ServerRecord {
  readonly id: string;
  name: string;
  description: string;
  readonly image_ref: Readonly<Record<string, unknown>>;
  readonly server_group_id: string;
  app_group_id: string;
  server_id: string;
  instance_id: string;
  image_id: string;
  status: string;
  readonly authorize_accounts: readonly unknown[];
  readonly create_time: string;
  update_time: string;
  readonly enterprise_project_id: string;
}

/** A job with its one set of sub-jobs. Its state follows from the time, see `jobs/advance.ts`. */
export interface JobRecord {
  readonly id: string;
  readonly type: string;
  readonly createdAtMs: number;
  status: string;
  endedAtMs: number | undefined;
  /** How often it was looked at, for jobs that advance with every look. */
  looks: number;
  readonly subJobs: SubJobRecord[];
  /** A fault that makes it fail, or never end. */
  readonly fate: JobFate | undefined;
}

export type JobFate = { readonly fail: { readonly code: string; readonly message: string } } | { readonly hang: true };

export interface SubJobRecord {
  readonly id: string;
  status: string;
  endedAtMs: number | undefined;
  /** The image server that it works on. */
  readonly serverId: string;
  resourceId: string;
  readonly resourceName: string;
  errorCode: string;
  errorMessage: string;
  /** Deleted from the lists by BatchDeleteImageSubJobs. */
  deleted: boolean;
}

export interface ImageRecord {
  readonly id: string;
  readonly name: string;
  readonly serverId: string;
  readonly createdAtMs: number;
}

export interface ProjectState {
  readonly id: string;
  readonly name: string;
  readonly servers: Map<string, ServerRecord>;
  /** In the order of their ids, oldest first. */
  readonly jobs: Map<string, JobRecord>;
  readonly activeJobs: Set<JobRecord>;
  readonly images: Map<string, ImageRecord>;
  /** Software handed over last, by image server. */
  readonly attachedApps: Map<string, readonly { readonly id: string; readonly app_id: string }[]>;
}

export interface TokenRecord {
  readonly user: WorldUser;
  /** The project that it is for; undefined for a token of the whole account. */
  readonly projectId: string | undefined;
  readonly expiresAtMs: number;
}

/** Everything that an emulator remembers. */
export interface State {
  readonly projects: Map<string, ProjectState>;
  readonly users: readonly WorldUser[];
  readonly tokens: Map<string, TokenRecord>;
  readonly ids: Ids;
}

/** Makes the state that a world begins with. */
export function createState(world: World, seed: number, nowMs: number): State {
  const ids = createIds(seed);
  const projects = world.projects.map(({ id, name }): [string, ProjectState] => [
    id,
    {
      id,
      name,
      servers: new Map(),
      jobs: new Map(),
      activeJobs: new Set(),
      images: new Map(),
      attachedApps: new Map(),
    },
  ]);
  const state: State = { projects: new Map(projects), users: world.users, tokens: new Map(), ids };
  for (const { id, projectId, name, status = "ACTIVE", description = "" } of world.servers) {
    const project = state.projects.get(projectId);
    if (project === undefined)
      throw new TypeError(`world: server ${id} names project ${projectId}, which is not in it.`);
    project.servers.set(id, newServer(state, { id, name, description, status, nowMs }));
  }
  for (const image of world.images ?? []) addImage(state, image, nowMs);
  return state;
}

function addImage({ projects }: State, { id, name, serverId }: WorldImage, nowMs: number): void {
  const project = [...projects.values()].find(({ servers }) => servers.has(serverId));
  const server = project?.servers.get(serverId);
  if (project === undefined || server === undefined)
    throw new TypeError(`world: image ${id} names image server ${serverId}, which is not in it.`);
  project.images.set(id, { id, name, serverId, createdAtMs: nowMs });
  server.image_id = id;
  server.status = facts.kinds.CREATE_SERVER_IMAGE.server.after;
}

/** What a new image server is made from. */
export interface NewServer {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: string;
  readonly nowMs: number;
  readonly imageRef?: Readonly<Record<string, unknown>>;
  readonly accounts?: readonly unknown[];
  readonly enterpriseProjectId?: string;
}

/** Makes an image server. The ids of what is behind it are empty while it is being created. */
export function newServer({ ids }: State, server: NewServer): ServerRecord {
  const time = serviceTime(server.nowMs);
  const record: ServerRecord = {
    id: server.id,
    name: server.name,
    description: server.description,
    image_ref: server.imageRef ?? { id: ids.uuid(), image_type: "private", spce_code: "", product_id: "" },
    server_group_id: ids.uuid(),
    app_group_id: "",
    server_id: "",
    instance_id: "",
    image_id: "",
    status: server.status,
    authorize_accounts: server.accounts ?? [{ account: "administrator", account_type: "USER", domain: "" }],
    create_time: time,
    update_time: time,
    enterprise_project_id: server.enterpriseProjectId ?? "0",
  };
  if (server.status !== "CREATING") fillIn(ids, record, server.nowMs);
  return record;
}

/** Gives an image server the ids of what is behind it, which exist once it has been created. */
export function fillIn(ids: Ids, server: ServerRecord, nowMs: number): void {
  server.app_group_id = ids.next(nowMs);
  server.server_id = `wksapp-${ids.uuid()}`;
  server.instance_id = ids.uuid();
}

import { job as facts } from "../generated/contract.ts";
import type { JobFate } from "../jobs/fate.ts";
import type { JobFamily } from "../jobs/kinds.ts";
import { addStreaming } from "../streaming/from-world.ts";
import { emptyStreaming, type StreamingState } from "../streaming/state.ts";
import { serviceTime } from "./clock.ts";
import { createIds, type Ids } from "./ids.ts";
import { type ImageRecord, imageOf } from "./image-record.ts";
import { addMachinery, type Machinery } from "./machinery.ts";
import type { Past } from "./past.ts";
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

/** A job with its sub-jobs, as it was when somebody last looked. */
export interface JobRecord {
  readonly id: string;
  /** Whether it is on image servers or on application servers: each family has its own calls. */
  readonly family: JobFamily;
  readonly type: string;
  readonly createdAtMs: number;
  status: string;
  /** When it was picked up; undefined as long as it waits, and when it ended at once. */
  startedAtMs: number | undefined;
  endedAtMs: number | undefined;
  /** How often it was looked at, for jobs that advance with every look. */
  looks: number;
  readonly subJobs: SubJobRecord[];
  /** A fault that makes it fail, or never end. */
  readonly fate: JobFate | undefined;
  /** Of a job that deletes: whether it deletes what is behind the image servers too. */
  readonly recursive?: boolean;
  /** Of a job that gives application servers an image: which. */
  readonly imageId?: string;
}

/** The part of a job that works on one server. */
export interface SubJobRecord {
  readonly id: string;
  status: string;
  endedAtMs: number | undefined;
  /** The image server or application server that it works on. */
  readonly serverId: string;
  /** What it made or deleted; empty until it has ended well. */
  resourceId: string;
  readonly resourceName: string;
  errorCode: string;
  errorMessage: string;
  /** Deleted from the lists by BatchDeleteImageSubJobs. */
  deleted: boolean;
}

/** A project with everything in it. */
export interface ProjectState {
  readonly id: string;
  readonly name: string;
  /** The account that it belongs to; undefined when it belongs to all. */
  readonly domain: string | undefined;
  readonly servers: Map<string, ServerRecord>;
  /** What the image servers were before they changed. */
  readonly pastServers: Past<ServerRecord>;
  /** In the order of their ids, oldest first. */
  readonly jobs: Map<string, JobRecord>;
  /** Those that have not ended. */
  readonly activeJobs: Set<JobRecord>;
  /** What image servers have made. */
  readonly images: Map<string, ImageRecord>;
  /** Public images, and private ones that no image server has made. */
  readonly otherImages: Map<string, ImageRecord>;
  /** What images were before they changed or were deleted. */
  readonly pastImages: Past<ImageRecord>;
  /** How many private images there may be. */
  readonly imageQuota: number;
  /** Server groups, application servers and who is on them. */
  readonly streaming: StreamingState;
  /** What is behind the image servers, by the id of the image server. It may outlive it. */
  readonly machinery: Map<string, Machinery>;
  /** Software handed over last, by image server. */
  readonly attachedApps: Map<string, readonly { readonly id: string; readonly app_id: string }[]>;
}

/** A token that IAM has given. */
export interface TokenRecord {
  readonly user: WorldUser;
  /** The project that it is for; undefined for a token of the whole account. */
  readonly projectId: string | undefined;
  readonly expiresAtMs: number;
}

/** Everything that an emulator remembers. */
export interface State {
  /** By id. */
  readonly projects: Map<string, ProjectState>;
  readonly users: readonly WorldUser[];
  /** By the token itself. */
  readonly tokens: Map<string, TokenRecord>;
  readonly ids: Ids;
  /** Wrong signatures in a row, by access key, and until when the key is locked for them. */
  readonly wrongSignatures: Map<string, { readonly count: number; readonly lockedUntilMs: number }>;
  /** Counts the steps that jobs have taken, so that one that a mere look has brought about is kept too. */
  changes: number;
}

/** Makes the state that a world begins with. */
export function createState(world: World, seed: number, nowMs: number): State {
  const ids = createIds(seed);
  const projects = world.projects.map(({ id, name, domain }): [string, ProjectState] => [
    id,
    {
      id,
      name,
      domain,
      servers: new Map(),
      pastServers: new Map(),
      jobs: new Map(),
      activeJobs: new Set(),
      images: new Map(),
      otherImages: new Map(),
      pastImages: new Map(),
      imageQuota: world.imageQuota ?? 100_000,
      streaming: emptyStreaming(seed + 3),
      machinery: new Map(),
      attachedApps: new Map(),
    },
  ]);
  const state: State = {
    projects: new Map(projects),
    users: world.users,
    tokens: new Map(),
    ids,
    wrongSignatures: new Map(),
    changes: 0,
  };
  for (const given of world.servers) {
    const { id, projectId, name, status = "ACTIVE", description = "", linksChanged, enterpriseProjectId } = given;
    const project = state.projects.get(projectId) as ProjectState;
    const server = newServer(state, { id, name, description, status, nowMs, enterpriseProjectId });
    project.servers.set(id, server);
    if (status !== facts.kinds.CREATE_SERVER.server.during) fillIn(state, project, server, nowMs);
    if (linksChanged) project.machinery.delete(id);
  }
  for (const image of world.images ?? []) addImage(state, image, nowMs);
  for (const image of world.otherImages ?? [])
    state.projects.get(image.projectId)?.otherImages.set(image.id, imageOf(image, nowMs));
  for (const project of state.projects.values()) addStreaming(project, world, nowMs);
  return state;
}

function addImage({ projects }: State, image: WorldImage, nowMs: number): void {
  const { id, serverId } = image;
  const project = [...projects.values()].find(({ servers }) => servers.has(serverId)) as ProjectState;
  const server = project.servers.get(serverId) as ServerRecord;
  project.images.set(id, imageOf(image, nowMs));
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
  /** Default: the default one. The contract: what a request makes belongs there, whatever the request says. */
  readonly enterpriseProjectId?: string | undefined;
}

/** Makes an image server. The ids of what is behind it are empty while it is being created. */
export function newServer({ ids }: State, server: NewServer): ServerRecord {
  const time = serviceTime(server.nowMs);
  return {
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
}

/** Gives an image server the ids of what is behind it, which exists once it has been created. */
export function fillIn({ ids }: State, project: ProjectState, server: ServerRecord, nowMs: number): void {
  server.app_group_id = ids.next(nowMs);
  server.server_id = `wksapp-${ids.uuid()}`;
  server.instance_id = ids.uuid();
  addMachinery(project.machinery, server);
}

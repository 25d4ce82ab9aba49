import type { Fault } from "../faults/fault.ts";
import type { Rules } from "./rules.ts";
import type {
  WorldAppGroup,
  WorldAppServer,
  WorldImageFacts,
  WorldOtherImage,
  WorldServerGroup,
  WorldSession,
  WorldVisit,
} from "./world-streaming.ts";

/** What an emulator starts with. */
export interface World {
  readonly projects: readonly WorldProject[];
  readonly users: readonly WorldUser[];
  readonly servers: readonly WorldServer[];
  /** Images that image servers have made already. Default: none. */
  readonly images?: readonly WorldImage[];
  /** Public images, and private ones that no image server has made. Default: none. */
  readonly otherImages?: readonly WorldOtherImage[];
  /** How many private images a project may have. Default: 100,000, which nobody uses up by chance. */
  readonly imageQuota?: number;
  /** Server groups, from whose servers users are streamed. Default: none. */
  readonly serverGroups?: readonly WorldServerGroup[];
  /** The application servers of the groups. Default: none. */
  readonly appServers?: readonly WorldAppServer[];
  /** Who is on the servers at the start. Default: nobody. */
  readonly sessions?: readonly WorldSession[];
  /** Who comes later, at times that are known. Default: nobody. */
  readonly visits?: readonly WorldVisit[];
  /** What users see, on one server group each. Default: nothing. */
  readonly appGroups?: readonly WorldAppGroup[];
  /** What goes wrong from the start, and again after a reset. Default: nothing. */
  readonly faults?: readonly Fault[];
  /** How the service behaves where it may be otherwise. Default: those of `defaultRules`. */
  readonly rules?: Partial<Rules>;
  readonly clock?: {
    /** How far the emulator's clock is ahead of this machine's, in milliseconds; negative when behind. Default: 0. */
    readonly skewMs?: number;
  };
}

/** A project, in which image servers are. */
export interface WorldProject {
  readonly id: string;
  /** The id of a region, for its built-in project. */
  readonly name: string;
  /** The account that it belongs to. Default: the account of every user. */
  readonly domain?: string;
}

/** A user of IAM. */
export interface WorldUser {
  readonly name: string;
  /** The name of the account that the user belongs to. */
  readonly domain: string;
  /** Default: none, so that the user gets no token. */
  readonly password?: string;
  /** Default: none, so that the user signs nothing. */
  readonly accessKeys?: readonly WorldAccessKey[];
  /**
   * Actions that the user may perform, those that an operation depends on included; `*` stands for any text.
   * Default: all.
   */
  readonly actions?: readonly string[];
}

/** A key to sign requests with. */
export interface WorldAccessKey {
  readonly id: string;
  readonly secret: string;
  /** Makes the key a temporary one, which must be sent with this token. */
  readonly securityToken?: string;
}

/** An image server that is there at the start. */
export interface WorldServer {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  /** Default: ACTIVE. */
  readonly status?: string;
  /** Default: empty. */
  readonly description?: string;
  /** Whether somebody has changed what is behind it, so that deleting it with `recursive` fails. Default: false. */
  readonly linksChanged?: boolean;
  /** Default: 0, the default enterprise project, where all are that a request makes. */
  readonly enterpriseProjectId?: string;
}

/** An image that is there at the start, and was made from an image server. */
export interface WorldImage extends WorldImageFacts {
  readonly id: string;
  readonly name: string;
  /** The image server that it was made from, which is then BUILT. */
  readonly serverId: string;
}

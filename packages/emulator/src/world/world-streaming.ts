import type { ScalingPolicyRecord, SessionLoad, Traffic } from "../streaming/records.ts";

/** What the image service knows of an image. */
export interface WorldImageFacts {
  readonly id: string;
  readonly name: string;
  /** Default: Windows. */
  readonly osType?: string;
  /** Default: Windows Server 2019 Datacenter 64bit. */
  readonly osVersion?: string;
  /** The smallest disk that it fits on, in GB. Default: 40. */
  readonly minDisk?: number;
  /** queued, saving, deleted, killed or active. Default: active. */
  readonly status?: string;
  /** Whether it cannot be deleted. Default: false. */
  readonly isProtected?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default: 0, the default enterprise project. */
  readonly enterpriseProjectId?: string;
}

/** An image that no image server has made. */
export interface WorldOtherImage extends WorldImageFacts {
  readonly projectId: string;
  /** gold: public; private: the project's own. Default: private. */
  readonly type?: "gold" | "private" | "shared" | "market";
}

/** A server group that is there at the start. */
export interface WorldServerGroup {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  /** The image that its new servers get. */
  readonly imageId: string;
  /** gold, public, private, shared or other. Default: private. */
  readonly imageType?: string;
  /** How many sessions a server takes. Default: 10. */
  readonly maxSession?: number;
  /** Whether it lets users in. Default: true. */
  readonly isEnabled?: boolean;
  /** Default: COMMON_APP. */
  readonly appType?: string;
  /** Default: none. */
  readonly scaling?: ScalingPolicyRecord;
  /** Users who come and go by themselves, drawn from the emulator's seed. Default: none. */
  readonly traffic?: Traffic;
  /** What a session takes of its server, which the thresholds of the scaling policy are held against. */
  readonly load?: SessionLoad;
  /** Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of the group and its servers. Default: 0, the default enterprise project. */
  readonly enterpriseProjectId?: string;
}

/** An application server that is there at the start. */
export interface WorldAppServer {
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  /** Default: one that is drawn from the seed. */
  readonly machineName?: string;
  /** Default: that of its group. */
  readonly imageId?: string;
  /** What its agent reports. Default: REGISTERED. */
  readonly status?: string;
  /** The machine underneath. Default: ACTIVE. */
  readonly vmStatus?: string;
  /** Default: false. */
  readonly isInMaintenance?: boolean;
  /** Whether automatic scaling has made it. Default: false. */
  readonly isScaled?: boolean;
  /** Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A session that is there at the start. */
export interface WorldSession {
  readonly user: string;
  readonly serverId: string;
  /** Default: drawn from the seed. */
  readonly id?: string;
  /** Default: Active. */
  readonly state?: "Active" | "Disconnected";
  /** How long ago it began, in milliseconds. Default: half an hour. */
  readonly startedAgoMs?: number;
  /** When it ends, in milliseconds from the start of the emulator. Default: when somebody ends it. */
  readonly endsAfterMs?: number;
}

/** A user who comes later. */
export interface WorldVisit {
  readonly user: string;
  readonly groupId: string;
  /** When, in milliseconds from the start of the emulator. */
  readonly afterMs: number;
  /** How long the user stays, in milliseconds. Default: until somebody ends the session. */
  readonly forMs?: number;
}

/** An application group that is there at the start. */
export interface WorldAppGroup {
  readonly id: string;
  readonly name: string;
  readonly groupId: string;
  /** How many applications it has. Default: 1. */
  readonly applications?: number;
}

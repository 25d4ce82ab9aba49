import type { Fault } from "../faults/fault.ts";
import type { Rules } from "./rules.ts";

/** What an emulator starts with. */
export interface World {
  readonly projects: readonly WorldProject[];
  readonly users: readonly WorldUser[];
  readonly servers: readonly WorldServer[];
  /** Images that exist already. Default: none. */
  readonly images?: readonly WorldImage[];
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
}

/** An image that is there at the start. */
export interface WorldImage {
  readonly id: string;
  readonly name: string;
  /** The image server that it was made from, which is then BUILT. */
  readonly serverId: string;
}

/** The world that documentation and examples use. Its secrets open nothing but an emulator. */
export const defaultWorld: World = {
  projects: [{ id: "a4da8115c9d8464ead3a38309130523f", name: "ap-southeast-1" }],
  users: [
    {
      name: "emulator",
      domain: "emulator-domain",
      password: "aps-emulator-password",
      accessKeys: [{ id: "APSEMULATORACCESSKEY", secret: "aps-emulator-secret-access-key" }],
    },
  ],
  servers: [
    {
      id: "25b1dd14-0c84-4558-aa57-03a6c54b8e75",
      projectId: "a4da8115c9d8464ead3a38309130523f",
      name: "golden-image-builder",
    },
  ],
};

import type { components } from "../../generated/aps.ts";

/** Where the image of a group comes from, as UpdateServerGroup takes it. */
export type GroupImageType = NonNullable<components["schemas"]["UpdateServerGroupRequest"]["image_type"]>;

/** A scaling policy, as ShowScalingPolicy answers it. */
export type ScalingPolicy = components["schemas"]["ScalingPolicy"];

/** An image that a group has, or gets. */
export interface GroupImage {
  readonly imageId: string;
  readonly imageType: GroupImageType;
  /** Of an image of the marketplace; else empty. */
  readonly imageProductId: string;
}

/** One thing that was looked at before a rollout. `bad` keeps it from running. */
export interface PlanCheck {
  readonly about: string;
  readonly verdict: "good" | "bad" | "unknown";
  readonly says: string;
}

/** An operation that the run calls, and whether the key may call it. */
export interface PlannedPermission {
  /** Its operationId. */
  readonly operation: string;
  /** What an identity policy calls it; `unknown` where the vendor does not name it. */
  readonly action: string;
  /** unknown: it changes something, so that it is not tried; or the try has not shown it. */
  readonly verdict: PlanCheck["verdict"];
}

/** What is going to be done with a server. */
export interface PlannedServer {
  readonly id: string;
  readonly name: string;
  readonly imageId: string;
  readonly status: string;
  readonly machine: string;
  readonly isDrained: boolean;
  readonly sessions: number;
  /**
   * move: it gets the new image. none: it has it. blocked: it cannot get it, for the reason; it does if that ends in time, and
   * is left as it is otherwise, which makes the rollout incomplete.
   */
  readonly action: "move" | "none" | "blocked";
  readonly reason?: string | undefined;
}

/** What a rollout is going to do: plain JSON without secrets, for a reviewer, a file, and the run. */
export interface RolloutPlan {
  readonly version: 1;
  /** When the world was looked at, by the service's clock, in ISO 8601. */
  readonly madeAt: string;
  readonly group: { readonly id: string; readonly name: string; readonly osType: string };
  /** The image that the group has, which is the way back; and the one that it gets. */
  readonly from: GroupImage;
  readonly to: GroupImage;
  readonly checks: readonly PlanCheck[];
  readonly servers: readonly PlannedServer[];
  /** How many servers may be out of service at once because of the rollout. */
  readonly maxUnavailable: number;
  /** How many servers go first, alone. */
  readonly canary: number;
  /** The policy that scales the group, if it is on: it is switched off meanwhile. */
  readonly scaling?: ScalingPolicy | undefined;
  /** What the run has to be allowed to do. */
  readonly permissions: readonly PlannedPermission[];
  /** How long it may take once no user is left on the servers, in seconds. */
  readonly estimate: { readonly typicalSeconds: number; readonly limitSeconds: number };
}

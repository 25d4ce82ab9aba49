/** A server group, with the names of the wire. What ShowServerGroup shows besides is computed. */
export interface ServerGroupRecord {
  readonly id: string;
  name: string;
  description: string;
  image_id: string;
  image_type: string;
  image_product_id: string;
  readonly os_type: string;
  readonly product_id: string;
  readonly subnet_id: string;
  readonly vpc_id: string;
  system_disk_type: string;
  system_disk_size: number;
  readonly is_vdi: boolean;
  app_type: string;
  /** Whether the group is switched on. */
  server_group_status: boolean;
  storage_mount_policy: string;
  route_policy: { readonly max_session: number; readonly [threshold: string]: number };
  ou_name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly enterprise_project_id: string;
  readonly create_time: string;
  update_time: string;
}

/** An application server, with the names of the wire. Its sessions, group, image name and last job are computed. */
export interface AppServerRecord {
  readonly id: string;
  name: string;
  description: string;
  readonly machine_name: string;
  readonly server_group_id: string;
  image_id: string;
  /** What its agent reports: REGISTERED when it takes users. */
  status: string;
  maintain_status: boolean;
  /** The machine underneath, and its task; the text "null" when it has none. */
  vm_status: string;
  task_status: string;
  /** Its last job; undefined when it never had one. */
  job_id: string | undefined;
  readonly scaling_auto_create: boolean;
  readonly instance_id: string;
  readonly addr: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly create_time: string;
  update_time: string;
}

/** A session of a user. What state it is in follows from the time. */
export interface SessionRecord {
  readonly id: string;
  readonly user: string;
  readonly serverId: string;
  readonly machineName: string;
  readonly groupId: string;
  readonly application: string;
  readonly startMs: number;
  /** From when on it is in use; it is starting before. */
  readonly activeFromMs: number;
  /** From when on its user is logged in but not connected. */
  disconnectedFromMs: number | undefined;
  /** When it ends, or has ended; undefined as long as nothing ends it. */
  endMs: number | undefined;
  /** Why it ends: its user leaves, or loses it to what somebody does with the server. */
  endedBy: SessionEnd | undefined;
}

/** Why a session ends. */
export type SessionEnd = "user" | "logoff" | "reimage" | "reboot" | "deletion";

/** An application group: what users see, on one server group. */
export interface AppGroupRecord {
  readonly id: string;
  readonly name: string;
  readonly groupId: string;
  readonly applications: number;
  readonly create_at: string;
}

/** A scaling policy, as it is shown. */
export interface ScalingPolicyRecord {
  readonly enable: boolean;
  readonly max_scaling_amount: number;
  readonly single_expansion_count: number;
  readonly scaling_policy_by_session: {
    readonly session_usage_threshold?: number;
    readonly shrink_after_session_idle_minutes: number;
  };
  readonly scaling_policy_by_resource?: {
    readonly cpu_usage_threshold?: number;
    readonly mem_usage_threshold?: number;
    readonly gpu_usage_threshold?: number;
  };
}

/** What a session takes of its server, in percent. */
export interface SessionLoad {
  /** Default: so much that a server which takes no more sessions is at 100. */
  readonly cpu?: number;
  /** Default: like the processor. */
  readonly memory?: number;
  /** Default: 0. */
  readonly gpu?: number;
}

/** Users who come and go by themselves. */
export interface Traffic {
  /** How many come in an hour, on average. */
  readonly usersPerHour: number;
  /** How long they stay, on average, in minutes. */
  readonly meanMinutes: number;
}

/** Something that happens at a time. */
export type AgendaEntry = { readonly dueMs: number } & (
  | {
      readonly type: "machine";
      readonly serverId: string;
      readonly change: MachineChange;
      /** Why its users lose their sessions with it; undefined: they keep them. */
      readonly endedBy?: SessionEnd;
    }
  | { readonly type: "visit"; readonly user: string; readonly groupId: string; readonly forMs: number | undefined }
  | { readonly type: "traffic"; readonly groupId: string }
  | { readonly type: "scaling"; readonly groupId: string }
);

/** What happens to a machine by itself. */
export type MachineChange = Partial<Pick<AppServerRecord, "status" | "vm_status" | "task_status">>;

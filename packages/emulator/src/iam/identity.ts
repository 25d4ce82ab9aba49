import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { ProjectState } from "../world/state.ts";
import type { WorldUser } from "../world/world.ts";

/** The id of a user: 32 hexadecimal digits, the same in every run. */
export function userIdOf(user: WorldUser): string {
  return idOf(`user ${user.domain} ${user.name}`);
}

/** Whether a project belongs to the account of a user. One that names no account belongs to all. */
export function canSee(user: WorldUser, project: Pick<ProjectState, "domain">): boolean {
  return project.domain === undefined || project.domain === user.domain;
}

/** The id of an account. */
export function domainIdOf(user: WorldUser): string {
  return idOf(`domain ${user.domain}`);
}

function idOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32);
}

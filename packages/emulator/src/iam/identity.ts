import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { WorldUser } from "../world/world.ts";

/** The id of a user: 32 hexadecimal digits, the same in every run. */
export function userIdOf(user: WorldUser): string {
  return idOf(`user ${user.domain} ${user.name}`);
}

/** The id of an account. */
export function domainIdOf(user: WorldUser): string {
  return idOf(`domain ${user.domain}`);
}

function idOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32);
}

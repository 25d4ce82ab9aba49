import type { World } from "./world.ts";

/** Checks one value; returns what is wrong with it, naming the place. */
type Check = (value: unknown, place: string) => string[];

const text: Check = (value, place) =>
  typeof value === "string" && value !== "" ? [] : [`${place} must be a text that is not empty`];
const texts: Check = (value, place) => list(text)(value, place);
const optional =
  (check: Check): Check =>
  (value, place) =>
    value === undefined ? [] : check(value, place);

const tags = optional((value, place) =>
  typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "string")
    ? []
    : [`${place} must be an object of texts`],
);

const image = {
  id: text,
  name: text,
  osType: optional(text),
  osVersion: optional(text),
  minDisk: optional(number),
  status: optional(text),
  isProtected: optional(flag),
  tags,
  enterpriseProjectId: optional(text),
};

const world = object({
  projects: list(object({ id: text, name: text, domain: optional(text) })),
  users: list(
    object({
      name: text,
      domain: text,
      password: optional(text),
      actions: optional(texts),
      accessKeys: optional(list(object({ id: text, secret: text, securityToken: optional(text) }))),
    }),
  ),
  servers: list(
    object({
      id: text,
      projectId: text,
      name: text,
      status: optional(text),
      description: optional(anyText),
      linksChanged: optional(flag),
      enterpriseProjectId: optional(text),
    }),
  ),
  images: optional(list(object({ ...image, serverId: text }))),
  otherImages: optional(list(object({ ...image, projectId: text, type: optional(text) }))),
  imageQuota: optional(number),
  serverGroups: optional(
    list(
      object({
        id: text,
        projectId: text,
        name: text,
        imageId: text,
        imageType: optional(text),
        maxSession: optional(number),
        isEnabled: optional(flag),
        appType: optional(text),
        // Checked as if it came with CreateOrUpdateScalingPolicy.
        scaling: optional(() => []),
        traffic: optional(object({ usersPerHour: number, meanMinutes: number })),
        load: optional(object({ cpu: optional(number), memory: optional(number), gpu: optional(number) })),
        tags,
        enterpriseProjectId: optional(text),
      }),
    ),
  ),
  appServers: optional(
    list(
      object({
        id: text,
        groupId: text,
        name: text,
        machineName: optional(text),
        imageId: optional(text),
        status: optional(text),
        vmStatus: optional(text),
        isInMaintenance: optional(flag),
        isScaled: optional(flag),
        tags,
      }),
    ),
  ),
  sessions: optional(
    list(
      object({
        user: text,
        serverId: text,
        id: optional(text),
        state: optional(text),
        startedAgoMs: optional(number),
        endsAfterMs: optional(number),
      }),
    ),
  ),
  visits: optional(list(object({ user: text, groupId: text, afterMs: number, forMs: optional(number) }))),
  appGroups: optional(list(object({ id: text, name: text, groupId: text, applications: optional(number) }))),
  // What they may hold is checked where they are used, in words of its own.
  faults: optional(list(() => [])),
  rules: optional((value, place) =>
    typeof value === "object" && value !== null ? [] : [`${place} must be an object`],
  ),
  clock: optional(object({ skewMs: optional(number) })),
});

/**
 * Reads a world from JSON.
 *
 * @throws TypeError that names every place that is wrong. Never shows a value, which may be a secret.
 */
export function readWorld(json: string): World {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The reason that the platform gives quotes the text, which holds secrets.
    throw new TypeError("The world is not JSON.");
  }
  const problems = world(value, "world");
  if (problems.length > 0) throw new TypeError(`${problems.join("; ")}.`);
  return value as World;
}

function object(fields: Readonly<Record<string, Check>>): Check {
  return (value, place) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${place} must be an object`];
    const given = value as Readonly<Record<string, unknown>>;
    const unknown = Object.keys(given).filter((name) => !Object.hasOwn(fields, name));
    return [
      ...Object.entries(fields).flatMap(([name, check]) => check(given[name], `${place}.${name}`)),
      ...unknown.map((name) => `${place}.${name} is not known`),
    ];
  };
}

function list(check: Check): Check {
  return (value, place) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => check(item, `${place}[${index}]`))
      : [`${place} must be a list`];
}

function number(value: unknown, place: string): string[] {
  return Number.isFinite(value) ? [] : [`${place} must be a number`];
}

function flag(value: unknown, place: string): string[] {
  return typeof value === "boolean" ? [] : [`${place} must be true or false`];
}

function anyText(value: unknown, place: string): string[] {
  return typeof value === "string" ? [] : [`${place} must be a text`];
}

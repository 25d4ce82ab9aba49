import type { World } from "../world/world.ts";

/** What a client needs to use an emulator, as far as its world has it. The keys open nothing but an emulator. */
export interface Access {
  readonly url: string;
  readonly region?: string;
  readonly projectId?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly securityToken?: string;
  readonly user?: { readonly name: string; readonly domain: string; readonly password: string };
  /** An image server of that project. */
  readonly serverId?: string;
}

/** How to use an emulator that listens at a URL: by the first key, or user, and what it can reach. */
export function accessTo(url: string, { users, projects, servers }: World): Access {
  const owner =
    users.find(({ accessKeys }) => accessKeys?.length) ?? users.find(({ password }) => password !== undefined);
  const [key] = owner?.accessKeys ?? [];
  const reachable = projects.filter(({ domain }) => domain === undefined || domain === owner?.domain);
  const usable = servers.find(({ projectId }) => reachable.some(({ id }) => id === projectId));
  const project = reachable.find(({ id }) => id === usable?.projectId) ?? reachable[0];
  return {
    url,
    ...(project === undefined ? {} : { region: regionOf(project.name), projectId: project.id }),
    ...(key === undefined ? {} : { accessKeyId: key.id, secretAccessKey: key.secret }),
    ...(key?.securityToken === undefined ? {} : { securityToken: key.securityToken }),
    ...(owner?.password === undefined
      ? {}
      : { user: { name: owner.name, domain: owner.domain, password: owner.password } }),
    ...(usable === undefined ? {} : { serverId: usable.id }),
  };
}

/** The region of a project: its name, up to what a project of one's own adds to it. */
function regionOf(projectName: string): string {
  return projectName.split("_")[0] ?? projectName;
}

/** The same for a person, a line each. */
export function accessLines({ region, projectId, accessKeyId, secretAccessKey, user, serverId }: Access): string[] {
  const lines: [string, string | undefined][] = [
    ["project", projectId === undefined ? undefined : `${projectId} (${region})`],
    ["image server", serverId],
    ["access key", accessKeyId],
    ["secret", secretAccessKey],
    ["user", user === undefined ? undefined : `${user.name} of ${user.domain}, password ${user.password}`],
  ];
  return lines.flatMap(([what, value]) => (value === undefined ? [] : [`  ${what.padEnd(14)}${value}`]));
}

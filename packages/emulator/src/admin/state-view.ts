import { userIdOf } from "../iam/identity.ts";
import type { ProjectState, State } from "../world/state.ts";

/** Everything that there is, maps as lists. Tokens, passwords and secrets are left out. */
export function stateView({ users, projects }: State): object {
  return {
    users: users.map((user) => ({
      id: userIdOf(user),
      name: user.name,
      domain: user.domain,
      accessKeys: user.accessKeys?.map(({ id }) => id) ?? [],
      ...(user.actions === undefined ? {} : { actions: user.actions }),
    })),
    projects: [...projects.values()].map(projectView),
  };
}

function projectView(project: ProjectState): object {
  const { id, name, domain, servers, jobs, images, otherImages, attachedApps, machinery, streaming } = project;
  const { groups, sessions, appGroups, scaling, turnedAway } = streaming;
  return {
    id,
    name,
    ...(domain === undefined ? {} : { domain }),
    servers: [...servers.values()],
    jobs: [...jobs.values()],
    images: [...images.values()],
    otherImages: [...otherImages.values()],
    serverGroups: [...groups.values()],
    appServers: [...streaming.servers.values()],
    sessions: [...sessions.values()],
    appGroups: [...appGroups.values()],
    scalingPolicies: Object.fromEntries(scaling),
    turnedAway,
    attachedApps: Object.fromEntries(attachedApps),
    leftBehind: [...machinery.values()].filter(({ imageServerId }) => !servers.has(imageServerId)),
  };
}

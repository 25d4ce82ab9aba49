import { routeOf } from "../http/router.ts";
import { requestProblems } from "../http/validate.ts";
import { twins } from "./twins.ts";
import type { World } from "./world.ts";

const setPolicy = "CreateOrUpdateScalingPolicy";

/** What is wrong with the server groups, application servers and users of a world. */
export function streamingProblems(world: World): string[] {
  const { projects, serverGroups = [], appServers = [], sessions = [], visits = [], appGroups = [] } = world;
  const { images = [], otherImages = [] } = world;
  const known = {
    project: idsOf(projects),
    "server group": idsOf(serverGroups),
    "application server": idsOf(appServers),
    image: idsOf([...images, ...otherImages]),
  };
  const lacks = (who: string, kind: keyof typeof known, id: string | undefined) =>
    id === undefined || known[kind].has(id) ? [] : [`${who} names ${kind} ${id}, which is not in it`];
  return [
    ...twins("server groups", [...idsIn(serverGroups)]),
    ...twins("application servers", [...idsIn(appServers)]),
    ...twins("application groups", [...idsIn(appGroups)]),
    ...otherImages.flatMap(({ id, projectId }) => lacks(`image ${id}`, "project", projectId)),
    ...serverGroups.flatMap(({ id, projectId, imageId, scaling }) => [
      ...lacks(`server group ${id}`, "project", projectId),
      ...lacks(`server group ${id}`, "image", imageId),
      ...(scaling === undefined ? [] : policyProblems(projectId, id, scaling)),
    ]),
    ...appServers.flatMap(({ id, groupId, imageId }) => [
      ...lacks(`application server ${id}`, "server group", groupId),
      ...lacks(`application server ${id}`, "image", imageId),
    ]),
    ...sessions.flatMap(({ user, serverId }) => lacks(`the session of ${user}`, "application server", serverId)),
    ...visits.flatMap(({ user, groupId }) => lacks(`the visit of ${user}`, "server group", groupId)),
    ...appGroups.flatMap(({ id, groupId }) => lacks(`application group ${id}`, "server group", groupId)),
  ];
}

function idsIn(things: readonly { readonly id: string }[]): string[] {
  return things.map(({ id }) => id);
}

function idsOf(things: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(idsIn(things));
}

/** Holds a policy against what the service takes. */
function policyProblems(projectId: string, groupId: string, scaling: object): string[] {
  const body = { server_group_id: groupId, ...scaling };
  const content = { path: { project_id: projectId }, query: {}, body };
  return requestProblems(routeOf(setPolicy), content).map((problem) => `server group ${groupId}: scaling: ${problem}`);
}

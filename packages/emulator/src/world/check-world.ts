import { readFault } from "../faults/read-fault.ts";
import { serverStates } from "../generated/contract.ts";
import { routeOf } from "../http/router.ts";
import { requestProblems } from "../http/validate.ts";
import { streamingProblems } from "./check-streaming.ts";
import { rulesOf } from "./rules.ts";
import { twins } from "./twins.ts";
import type { World } from "./world.ts";

const showServer = routeOf("ShowImageServer");

/**
 * Makes sure that a world does not contradict itself, and that its servers can be reached.
 *
 * @throws TypeError that names every place that is wrong. Shows ids and names, but no secret.
 */
export function checkWorld(world: World): void {
  const { projects, users, servers, images = [], otherImages = [], faults = [], rules } = world;
  const keys = users.flatMap(({ accessKeys = [] }) => accessKeys);
  const problems = [
    ...twins(
      "projects",
      projects.map(({ id }) => id),
    ),
    ...twins(
      "users",
      users.map(({ domain, name }) => `${name} of ${domain}`),
    ),
    ...twins(
      "access keys",
      keys.map(({ id }) => id),
    ),
    ...twins(
      "servers",
      servers.map(({ id }) => id),
    ),
    ...twins(
      "images",
      [...images, ...otherImages].map(({ id }) => id),
    ),
    ...streamingProblems(world),
  ];
  const projectIds = new Set(projects.map(({ id }) => id));
  const serverIds = new Set(servers.map(({ id }) => id));
  for (const { id, projectId, status } of servers) {
    if (!projectIds.has(projectId)) problems.push(`server ${id} names project ${projectId}, which is not in it`);
    if (status !== undefined && !serverStates.includes(status))
      problems.push(`server ${id} has status ${status}; known are ${serverStates.join(", ")}`);
    const path = { project_id: projectId, server_id: id };
    for (const problem of requestProblems(showServer, { path, query: {}, body: undefined }))
      problems.push(`server ${id} cannot be reached: ${problem}`);
  }
  for (const { id, serverId } of images) {
    if (!serverIds.has(serverId)) problems.push(`image ${id} names image server ${serverId}, which is not in it`);
  }
  for (const [index, fault] of faults.entries())
    problems.push(...objection(`faults[${index}]`, () => readFault(fault)));
  problems.push(...objection("rules", () => rulesOf(rules)));
  if (problems.length > 0) throw new TypeError(`The world contradicts itself: ${problems.join("; ")}.`);
}

/** What is said against a part of a world, without the full stop. */
function objection(place: string, read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    return [`${place}: ${(error as Error).message.replace(/\.$/, "")}`];
  }
}

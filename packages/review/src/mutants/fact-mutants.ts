// biome-ignore-all lint/suspicious/noAssignInExpressions: what is done to a document is one expression, in a table of many
import { asList, asNode, isNode } from "../document.ts";
import type { OperationMutation } from "./operation-mutants.ts";
import type { Any } from "./places.ts";

type Apply = OperationMutation["apply"];

function mutation(name: string, apply: (...args: Parameters<Apply>) => unknown, breaks = true): OperationMutation {
  return { name, breaks, apply: (...args) => apply(...args) !== false };
}

const permission = (apply: (block: Any) => unknown): ((...args: Parameters<Apply>) => unknown) => {
  return (_, { node }) => (isNode(node["x-aps-authorization"]) ? apply(node["x-aps-authorization"]) : false);
};

/** Every object within a value that has a member of a name. */
function holders(value: Any, name: string): Any[] {
  if (typeof value !== "object" || value === null) return [];
  const own = !Array.isArray(value) && name in value ? [value] : [];
  return [...own, ...Object.values(value).flatMap((child) => holders(child, name))];
}

const job = (document: Any, name: string): Any => holders(document["x-aps-job"], name)[0];

/** Changes of what OpenAPI has no field for. */
export const factMutations: readonly OperationMutation[] = [
  mutation(
    "another action",
    permission(
      (block) =>
        block.action !== "unknown" && block.action !== "none" && Boolean((block.action = "workspace:other:do")),
    ),
  ),
  mutation(
    "an action that is not known any more",
    permission((block) => block.action !== "unknown" && Boolean((block.action = "unknown"))),
  ),
  mutation(
    "one more permission",
    permission((block) => void (block.dependencies = [...asList(block.dependencies), "vpc:other:get"])),
  ),
  mutation(
    "resources to be named",
    permission((block) => block.resourceRequired === false && Boolean((block.resourceRequired = true))),
  ),
  mutation(
    "another type of resource",
    permission((block) => block.resourceType !== "unknown" && Boolean((block.resourceType = "other"))),
  ),
  mutation(
    "a condition key less",
    permission((block) => asList(block.conditionKeys).length > 0 && Boolean((block.conditionKeys = []))),
  ),
  mutation(
    "no permission told",
    (_, { node }) => node["x-aps-authorization"] !== undefined && delete node["x-aps-authorization"],
  ),
  mutation(
    "a new fact of the permission",
    permission((block) => void (block.mfa = "required")),
  ),
  mutation("a state less", (_, { node }) => {
    const [states] = Object.values(asNode(node["x-aps-preconditions"])) as string[][];
    return states !== undefined && states.length > 1 && states.pop();
  }),
  mutation(
    "states where there were none",
    (_, { node }) =>
      node["x-aps-preconditions"] === undefined && Boolean((node["x-aps-preconditions"] = { server: ["ACTIVE"] })),
  ),
  mutation("another policy of rates", (_, { node }) => void (node["x-aps-rate-limit"] = "other")),
  mutation("a state of a job means something else", (d) => {
    const states = job(d, "states")?.states;
    return states === undefined ? false : states.failed.push(states.done.pop());
  }),
  mutation("a state of success less", (d) => job(d, "states")?.states.done.pop() ?? false),
  mutation("a new state of failure", (d) => job(d, "states")?.states.failed.push("LOST") ?? false),
  mutation(
    "another place of the job's id",
    (d) => job(d, "startedJobId") !== undefined && Boolean((job(d, "startedJobId").startedJobId = "/id")),
  ),
  mutation(
    "another place of the status",
    (d) => job(d, "status") !== undefined && Boolean((job(d, "status").status = "/state")),
  ),
  mutation(
    "another operation that shows jobs",
    (d) => job(d, "show") !== undefined && Boolean((job(d, "show").show.operationId = "Other")),
  ),
  mutation("a kind of job less", (d) => {
    const kinds = job(d, "kinds")?.kinds;
    const [name] = Object.keys(asNode(kinds));
    return name !== undefined && delete kinds[name];
  }),
  mutation(
    "a shorter limit",
    (d) => job(d, "limitSeconds") !== undefined && Boolean((job(d, "limitSeconds").limitSeconds = 1)),
  ),
  mutation(
    "another pace",
    (d) => job(d, "intervalSeconds") !== undefined && Boolean((job(d, "intervalSeconds").intervalSeconds = 3600)),
  ),
  mutation("no jobs told", (d) => d["x-aps-job"] !== undefined && delete d["x-aps-job"]),
  mutation("an error code less", (d) => asList(d["x-aps-error-codes"]).length > 0 && d["x-aps-error-codes"].pop()),
  mutation("an error code that may be retried", (d) => {
    const row = asList(d["x-aps-error-codes"]).find((one) => asNode(one).retryable === false) as Any;
    return row !== undefined && Boolean((row.retryable = true));
  }),
  mutation("an error code with another status", (d) => {
    const row = asList(d["x-aps-error-codes"]).find((one) => asNode(one).status === 400) as Any;
    return row !== undefined && Boolean((row.status = 422));
  }),
  mutation("an unknown fact of the document", (d) => void (d["x-aps-other"] = { must: "be" })),
  mutation("a region less", (d) => {
    const server = asList(d.servers).find((one) => isNode(asNode(asNode(one).variables).region)) as Any;
    return server?.variables.region.enum.pop() ?? false;
  }),
  mutation("a schema renamed", (d) => {
    const schemas = asNode(asNode(d.components).schemas) as Any;
    const [name] = Object.keys(schemas);
    if (name === undefined) return false;
    schemas[`${name}Again`] = schemas[name];
    return delete schemas[name];
  }),
];

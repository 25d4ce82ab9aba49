// biome-ignore-all lint/suspicious/noAssignInExpressions: what is done to a document is one expression, in a table of many
import { type Contract, type Edit, edit, post, recreate, server } from "./edit.ts";

/** Facts that OpenAPI has no field for. */
export const facts: readonly Edit[] = [
  edit("another permission", "breaking", (c) => {
    c.paths[recreate].post["x-aps-authorization"].action = "workspace:imageServer:remake";
  }),
  edit(
    "one more dependent permission",
    "breaking",
    (c) => void c.paths[recreate].post["x-aps-authorization"].dependencies.push("vpc:vpcs:get"),
  ),
  edit(
    "one dependent permission less",
    "safe",
    (c) => void c.paths[recreate].post["x-aps-authorization"].dependencies.pop(),
  ),
  edit("allowed in fewer states", "breaking", (c) => void c.paths[recreate].post["x-aps-preconditions"].server.pop()),
  edit(
    "allowed in more states",
    "safe",
    (c) => void c.paths[recreate].post["x-aps-preconditions"].server.push("ERROR"),
  ),
  edit("a job state classified otherwise", "breaking", (c) => {
    c["x-aps-job"].image.states.failed.push(c["x-aps-job"].image.states.done.pop());
  }),
  edit("another pace of polling", "risky", (c) => {
    c["x-aps-job"].image.pace.intervalSeconds = 60;
  }),
  edit("an error code removed from the catalogue", "breaking", (c) => void c["x-aps-error-codes"].pop()),
  edit(
    "an error code added to the catalogue",
    "safe",
    (c) => void c["x-aps-error-codes"].push({ ...c["x-aps-error-codes"][0], code: "WKS.99999999" }),
  ),
  edit("an error code is no longer to be retried", "risky", (c) => {
    const row = c["x-aps-error-codes"].find((code: Contract) => code.retryable);
    row.retryable = false;
  }),

  // Permissions.
  edit(
    "a permission that becomes known",
    "safe",
    (c) => {
      post(c)["x-aps-authorization"].action = "workspace:imageServer:recreate";
    },
    (c) => {
      post(c)["x-aps-authorization"].action = "unknown";
    },
  ),
  edit("a permission that is unknown again", "risky", (c) => {
    post(c)["x-aps-authorization"].action = "unknown";
  }),
  edit("a permission no longer described", "risky", (c) => void delete post(c)["x-aps-authorization"]),
  edit(
    "an older name of a permission no longer holds",
    "breaking",
    (c) => {
      post(c)["x-aps-authorization"].aliases = [];
    },
    (c) => {
      post(c)["x-aps-authorization"].aliases = ["workspace:images:create"];
    },
  ),
  edit(
    "a policy must name its resources",
    "breaking",
    (c) => {
      post(c)["x-aps-authorization"].resourceRequired = true;
    },
    (c) => {
      post(c)["x-aps-authorization"].resourceRequired = false;
    },
  ),
  edit("a policy need not name its resources", "safe", (c) => {
    post(c)["x-aps-authorization"].resourceRequired = false;
  }),
  edit("a policy names resources of another type", "breaking", (c) => {
    post(c)["x-aps-authorization"].resourceType = "server";
  }),
  edit(
    "one more condition key",
    "safe",
    (c) => void post(c)["x-aps-authorization"].conditionKeys.push("g:ResourceTag"),
  ),
  edit("one condition key less", "risky", (c) => {
    post(c)["x-aps-authorization"].conditionKeys = [];
  }),
  edit("condition keys of the request instead of the resource", "risky", (c) => {
    post(c)["x-aps-authorization"].conditionKeysApplyTo = "request";
  }),
  edit(
    "dependent permissions in another order",
    "unchanged",
    (c) => void post(c)["x-aps-authorization"].dependencies.reverse(),
  ),

  // States.
  edit("states where there were none", "breaking", (c) => {
    c.paths[server].patch["x-aps-preconditions"] = { server: ["ACTIVE"] };
  }),
  edit("states of one more kind of resource", "breaking", (c) => {
    post(c)["x-aps-preconditions"].subJob = ["FAILED"];
  }),
  edit("allowed in every state", "safe", (c) => void delete post(c)["x-aps-preconditions"]),

  // Jobs.
  edit("one more state of waiting", "safe", (c) => void c["x-aps-job"].image.states.waiting.push("QUEUED")),
  edit("one state of waiting less", "risky", (c) => void c["x-aps-job"].image.states.waiting.pop()),
  edit("one more state of failure", "risky", (c) => void c["x-aps-job"].image.states.failed.push("ABORTED")),
  edit("one state of success less", "breaking", (c) => void c["x-aps-job"].image.states.done.pop()),
  edit("a sub-job's state classified otherwise", "breaking", (c) => {
    const { states } = c["x-aps-job"].image.subJobs;
    states.failed.push(states.waiting.pop());
  }),
  edit("states of waiting in another order", "unchanged", (c) => void c["x-aps-job"].image.states.waiting.reverse()),
  edit("a new kind of job", "safe", (c) => {
    c["x-aps-job"].image.kinds.COPY_IMAGE = { ...c["x-aps-job"].image.kinds.DELETE_SERVER };
  }),
  edit("a kind of job removed", "breaking", (c) => void delete c["x-aps-job"].image.kinds.DELETE_SERVER),
  edit("a job takes longer than was said", "safe", (c) => {
    c["x-aps-job"].image.kinds.CREATE_SERVER_IMAGE.typicalSeconds = 3000;
  }),
  edit("a job's limit lowered", "risky", (c) => {
    c["x-aps-job"].image.kinds.CREATE_SERVER_IMAGE.limitSeconds = 600;
  }),
  edit(
    "a job starts in fewer states",
    "breaking",
    (c) => void c["x-aps-job"].image.kinds.CREATE_SERVER_IMAGE.server.allowed.pop(),
  ),
  edit(
    "a job starts in more states",
    "safe",
    (c) => void c["x-aps-job"].image.kinds.CREATE_SERVER_IMAGE.server.allowed.push("ERROR"),
  ),
  edit("a job leaves its server in another state", "risky", (c) => {
    c["x-aps-job"].image.kinds.CREATE_SERVER_IMAGE.server.after = "ACTIVE";
  }),
  edit("a job's result is found elsewhere", "breaking", (c) => {
    c["x-aps-job"].image.subJobs.resourceId = "/job_resource_info/id";
  }),
  edit("a new family of jobs", "safe", (c) => {
    c["x-aps-job"].desktop = c["x-aps-job"].server;
  }),
  edit("a family of jobs removed", "breaking", (c) => void delete c["x-aps-job"].server),
  edit("how jobs behave is no longer said", "breaking", (c) => void delete c["x-aps-job"]),

  // Error codes, and the rest.
  edit("an error code may be cured by a repetition", "risky", (c) => {
    c["x-aps-error-codes"].find((row: Contract) => !row.retryable).retryable = true;
  }),
  edit("an error code makes the client renew its token", "risky", (c) => {
    c["x-aps-error-codes"].find((row: Contract) => !row.renewsToken).renewsToken = true;
  }),
  edit("an error code comes with another status", "risky", (c) => {
    c["x-aps-error-codes"].find((row: Contract) => row.code === "WKS.00129901").status = 422;
  }),
  edit("another policy of rates", "risky", (c) => {
    post(c)["x-aps-rate-limit"] = "workspace_strict";
  }),

  // Batches, and the rest of the permissions.
  edit("the ids of a batch are found elsewhere", "breaking", (c) => void (batch(c)["x-aps-batch"].ids = "/others")),
  edit("an operation is said to take several ids", "safe", (c) => {
    post(c)["x-aps-batch"] = { ids: "/items" };
  }),
  edit("an operation takes several ids no more", "breaking", (c) => void delete batch(c)["x-aps-batch"]),
  edit(
    "what a batch answers of each id is known",
    "safe",
    (c) => {
      batch(c)["x-aps-batch"].answers = { items: "/a", id: "/b", jobId: "/c", errorCode: "/d", errorMessage: "/e" };
    },
    (c) => void delete batch(c)["x-aps-batch"].answers,
  ),
  edit(
    "what a batch answers of each id is found elsewhere",
    "breaking",
    (c) => void (batch(c)["x-aps-batch"].answers.jobId = "/z"),
    (c) => {
      batch(c)["x-aps-batch"].answers = { items: "/a", id: "/b", jobId: "/c", errorCode: "/d", errorMessage: "/e" };
    },
  ),
  edit("a policy must name a further type of resource", "breaking", (c) => {
    post(c)["x-aps-authorization"].furtherResourceTypes = ["image"];
  }),
  edit(
    "a policy need not name a further type of resource",
    "safe",
    (c) => void delete post(c)["x-aps-authorization"].furtherResourceTypes,
    (c) => {
      post(c)["x-aps-authorization"].furtherResourceTypes = ["image"];
    },
  ),
  edit("a permission of another level", "risky", (c) => {
    post(c)["x-aps-authorization"].accessLevel = "Read";
  }),
  edit("a fact about a permission that nobody knows", "risky", (c) => {
    post(c)["x-aps-authorization"].mfa = true;
  }),
  edit("why a list has no pages, in other words", "safe", (c) => {
    post(c)["x-aps-unpaged"] = "Other words than before.";
  }),
];

/** The first operation that takes several ids. */
function batch(contract: Contract): Contract {
  const items = Object.values<Contract>(contract.paths).flatMap((item) => Object.values<Contract>(item));
  return items.find((one) => one?.["x-aps-batch"] !== undefined);
}

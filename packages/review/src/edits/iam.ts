import { type Edit, edit } from "./edit.ts";

const tokens = "/v3/auth/tokens";
const projects = "/v3/projects";

/** Edits of the second document, the calls that lead to the service. */
export const iam: readonly Edit[] = [
  edit("the call that makes a token moved", "breaking", (c) => {
    c.paths["/v4/auth/tokens"] = c.paths[tokens];
    delete c.paths[tokens];
  }),
  edit("a new required query parameter of the call that finds a project", "breaking", (c) => {
    c.paths[projects].get.parameters = [
      ...(c.paths[projects].get.parameters ?? []),
      { name: "zone", in: "query", required: true, schema: { type: "string" } },
    ];
  }),
  edit("the answer with a token has another status", "breaking", (c) => {
    c.paths[tokens].post.responses[200] = c.paths[tokens].post.responses[201];
    delete c.paths[tokens].post.responses[201];
  }),
  edit("a region gets an IAM host of its own", "safe", (c) => {
    c.servers.find((one: { variables?: object }) => one.variables).variables.region.enum.push("eu-new-1");
  }),
  edit("a call of IAM described in other words", "safe", (c) => {
    c.paths[tokens].post.description = "Other words.";
  }),
];

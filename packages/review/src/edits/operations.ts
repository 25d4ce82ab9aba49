import { type Edit, edit, jobs, post, recreate, server } from "./edit.ts";

/** Operations, and how to reach them. */
export const operations: readonly Edit[] = [
  edit("a new operation", "safe", (c) => {
    c.paths[server].delete = { ...c.paths[server].get, operationId: "DeleteImageServer" };
  }),
  edit("an operation removed", "breaking", (c) => void delete c.paths[server].patch),
  edit("a path removed", "breaking", (c) => void delete c.paths[jobs]),
  edit("a path changed", "breaking", (c) => {
    c.paths["/v2/{project_id}/image-server-jobs"] = c.paths[jobs];
    delete c.paths[jobs];
  }),
  edit("an operationId changed", "breaking", (c) => {
    c.paths[recreate].post.operationId = "CreateServerImage";
  }),
  edit("an operation deprecated", "risky", (c) => {
    c.paths[server].patch.deprecated = true;
  }),
  edit("a security scheme removed from the contract", "breaking", (c) => {
    c.security = c.security.slice(0, 1);
    delete c.components.securitySchemes.signature;
  }),
  edit("a region removed", "breaking", (c) => void c.servers[0].variables.region.enum.pop()),
  edit("a region added", "safe", (c) => void c.servers[0].variables.region.enum.push("eu-new-1")),

  edit("an operation's method changed", "breaking", (c) => {
    c.paths[server].put = c.paths[server].patch;
    delete c.paths[server].patch;
  }),
  edit("an operation moves to another group", "risky", (c) => {
    post(c).tags = ["Job"];
  }),
  edit("an operation open to everybody", "safe", (c) => {
    post(c).security = [];
  }),
  edit("an operation takes one kind of credentials only", "breaking", (c) => {
    post(c).security = [{ userToken: [] }];
  }),
  edit("the header of a security scheme renamed", "breaking", (c) => {
    c.components.securitySchemes.userToken.name = "X-Other";
  }),
  edit("one more security scheme to choose from", "safe", (c) => {
    c.components.securitySchemes.key = { type: "apiKey", in: "header", name: "X-Key" };
    c.security.push({ key: [] });
  }),
  edit("a host removed", "breaking", (c) => void c.servers.pop()),
  edit("a host renamed", "breaking", (c) => {
    c.servers[0].url = "https://aps.{region}.example.com";
  }),
  edit("a host added", "safe", (c) => void c.servers.push({ url: "https://aps.example.com" })),
  edit("a region moves to another host", "risky", (c) => {
    const region = c.servers[0].variables.region.enum.pop();
    c.servers[1].variables.region.enum.push(region);
  }),
  edit("another region is shown first", "safe", (c) => {
    c.servers[0].variables.region.default = c.servers[0].variables.region.enum.at(-1);
  }),
];

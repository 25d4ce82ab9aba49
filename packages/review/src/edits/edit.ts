import type { Verdict } from "../change.ts";

/** A small change to the contract, and what callers of the client must be told about it. */
export interface Edit {
  readonly name: string;
  readonly expected: Verdict | "unchanged";
  readonly apply: (contract: Contract) => void;
  /** What both sides of the comparison have, where the contract of today has no such place. */
  readonly given: (contract: Contract) => void;
}

// biome-ignore lint/suspicious/noExplicitAny: edits reach anywhere into a document
export type Contract = any;

/** One row of the table. */
export function edit(
  name: string,
  expected: Edit["expected"],
  apply: Edit["apply"],
  given: Edit["given"] = () => {},
): Edit {
  return { name, expected, apply, given };
}

export const recreate = "/v1/{project_id}/image-servers/{server_id}/actions/recreate-image";
export const servers = "/v1/{project_id}/image-servers";
export const server = "/v1/{project_id}/image-servers/{server_id}";
export const jobs = "/v1/{project_id}/image-server-jobs";
export const job = "/v1/{project_id}/image-server-jobs/{job_id}";

export const post = (contract: Contract) => contract.paths[recreate].post;
export const schema = (contract: Contract, name: string) => contract.components.schemas[name];
export const body = (contract: Contract) => schema(contract, "RecreateServerImageRequest");
export const property = (contract: Contract, name: string) => body(contract).properties[name];
export const parameter = (contract: Contract, name: string): Contract =>
  Object.values<Contract>(contract.components.parameters).find((one) => one.name === name);
export const query = (contract: Contract, path: string, name: string): Contract =>
  contract.paths[path].get.parameters
    .map((one: Contract) => (one.$ref === undefined ? one : contract.components.parameters[one.$ref.split("/").at(-1)]))
    .find((one: Contract) => one.name === name);
/** A schema without one of its properties' names, or under another one. */
export const renamed = (contract: Contract, from: string, to: string): void => {
  const text = JSON.stringify(contract).replaceAll(`schemas/${from}"`, `schemas/${to}"`);
  Object.assign(contract, JSON.parse(text));
  contract.components.schemas[to] = contract.components.schemas[from];
  delete contract.components.schemas[from];
};

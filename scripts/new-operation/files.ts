import type { Conventions } from "./conventions.ts";

/** What a new operation is made from. */
export interface NewOperation {
  /** In PascalCase, such as `ListImageServerTags`. */
  readonly operationId: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Such as `/v1/{project_id}/image-servers/{server_id}/tags`. */
  readonly path: string;
  /** The date of the source that it is described from, as YYYY-MM-DD. */
  readonly date: string;
}

/** What the paths of the contract begin with. */
export const belowProject = /^\/v[12]\/\{project_id\}\//;

/** The files of a new operation, by their paths below `spec/`, with what is left to fill in marked as unknown. */
export function filesOf(operation: NewOperation, conventions: Conventions): Readonly<Record<string, string>> {
  const { operationId, path } = operation;
  const files: Record<string, string> = {
    [`paths/${fileName(path)}`]: pathItem(operation, conventions),
    [`components/schemas/${operationId}Response.yaml`]: schema(operation, "answer"),
    [`components/examples/${operationId}Response.yaml`]: 'summary: An example\nvalue:\n  id: "697354472828968960"\n',
  };
  if (hasBody(operation)) {
    files[`components/schemas/${operationId}Request.yaml`] = schema(operation, "request");
    files[`components/examples/${operationId}Request.yaml`] =
      'summary: An example\nvalue:\n  id: "697354472828968960"\n';
  }
  return files;
}

/** The name of the file of a path: what follows the project, with underscores for slashes and parameters without braces. */
function fileName(path: string): string {
  return `${path.replace(belowProject, "").replaceAll(/[{}]/g, "").replaceAll("/", "_")}.yaml`;
}

/** The line of `spec/openapi.yaml` that names the file. */
export function pathEntry(path: string): string {
  return `  ${path}:\n    $ref: paths/${fileName(path)}\n`;
}

/** The names of the parameters in a path. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
}

/** Parameters of one name that mean different things, by what stands before them in a path. */
const byCollection: Readonly<Record<string, string>> = {
  "image-servers/{server_id}": "ImageServerId",
  "app-servers/{server_id}": "ApplicationServerId",
  "job/{job_id}": "ServerJobId",
};

/** The component that describes a parameter of a path: `ServerGroupId` for `server_group_id`. */
export function componentOf(name: string, path: string): string {
  const collection = path.split("/").find((_, index, parts) => parts[index + 1] === `{${name}}`);
  const known = byCollection[`${collection}/{${name}}`];
  return known ?? name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

function hasBody({ method }: NewOperation): boolean {
  return method === "post" || method === "put" || method === "patch";
}

function pathItem(operation: NewOperation, { statuses, statusesWithBody, answers }: Conventions): string {
  const { operationId, method, path, date } = operation;
  const parameters = parametersOf(path).map(
    (name) => `  - $ref: ../components/parameters/${componentOf(name, path)}.yaml\n`,
  );
  const body = `  requestBody:
    required: true
    content:
      application/json:
        schema:
          $ref: ../components/schemas/${operationId}Request.yaml
        examples:
          one:
            $ref: ../components/examples/${operationId}Request.yaml
`;
  const refusals = [...statuses, ...(hasBody(operation) ? statusesWithBody : [])]
    .sort()
    .map((status) => `    "${status}": { $ref: ${answers[status]} }\n`);
  const words = operationId.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const unpaged = operationId.startsWith("List") ? "  x-aps-unpaged: Whether it is paged is still to be found.\n" : "";
  return `parameters:
${parameters.join("")}${method}:
  operationId: ${operationId}
  tags: [ImageServer]
  summary: ${words}
  description: What it does is still to be described.
  parameters:
    - $ref: ../components/parameters/XAuthToken.yaml
${hasBody(operation) ? body : ""}  responses:
    "200":
      description: The answer.
      headers:
        X-Request-Id: { $ref: ../components/headers/XRequestId.yaml }
      content:
        application/json:
          schema:
            $ref: ../components/schemas/${operationId}Response.yaml
          examples:
            one:
              $ref: ../components/examples/${operationId}Response.yaml
${refusals.join("")}  x-aps-authorization:
    action: unknown
    accessLevel: unknown
    resourceType: unknown
    resourceRequired: false
    conditionKeys: []
    dependencies: []
    aliases: []
    roleAction: unknown
  x-aps-rate-limit: unknown
${unpaged}  x-aps-source:
    source: [definitions]
    date: ${date}
    confidence: low
`;
}

function schema({ date }: NewOperation, side: "request" | "answer"): string {
  const isAnswer = side === "answer";
  return `type: object
description: The ${side}.
${isAnswer ? "" : "additionalProperties: false\nrequired: [id]\n"}properties:
  id:
    type: string
    description: An id.
${isAnswer ? "    readOnly: true\n    x-aps-unbounded: The limit is still to be found.\n" : "    minLength: 1\n    maxLength: 64\n"}    examples: ["697354472828968960"]
x-aps-source:
  source: [definitions]
  date: ${date}
  confidence: low
`;
}

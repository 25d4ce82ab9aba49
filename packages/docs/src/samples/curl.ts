import type { Call, SampledOperation } from "./call.ts";

/** A call as a curl command with a token. */
export function curlSample(operation: SampledOperation, { path, query, body }: Call): string {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_match, name: string) =>
    name === "project_id" ? "$PROJECT_ID" : encodeURIComponent(String(path[name] ?? "")),
  );
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  // Each service has a host of its own.
  const endpoint = operation.service === "images" ? "$IMS_ENDPOINT" : "$ENDPOINT";
  const lines = [
    `curl --request ${operation.method} "${endpoint}${filled}${search === "" ? "" : `?${search}`}"`,
    `--header "X-Auth-Token: $TOKEN"`,
    ...(body === undefined
      ? []
      : [
          '--header "Content-Type: application/json"',
          `--data '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`,
        ]),
  ];
  return `${lines.join(" \\\n  ")}\n`;
}

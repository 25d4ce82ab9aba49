import type { OperationView } from "../contract/operations.ts";

/** A request as it is on the wire, with the contract's examples in its path. */
export function httpExample({ method, path, parameters }: OperationView, json: string | undefined): string {
  const filled = path.replace(/\{(\w+)\}/g, (_match, name: string) =>
    JSON.parse(parameters.find((field) => field.place === "path" && field.name === name)?.example ?? '""'),
  );
  const first = `${method} ${filled}`;
  return json === undefined ? first : `${first}\nContent-Type: application/json\n\n${json}`;
}

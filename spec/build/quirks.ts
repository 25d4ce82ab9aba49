import { type Json, operationsOf } from "./document.ts";

/** One place where the vendor's documents contradict each other or surprise, and what was decided. */
export interface Quirk {
  readonly id: string;
  readonly says: string;
  readonly decision: string;
  readonly reason: string;
  /** The server, operation or component that it is recorded at. */
  readonly subject: string;
}

/** All quirks of a bundle: those of servers and operations first, then those of parameters and schemas, by name. */
export function quirksOf(bundle: Json): Quirk[] {
  const ofOperations = operationsOf(bundle).flatMap(({ operation }) => withSubject(operation, operation.operationId));
  const components = Object.values<Json>(bundle.components ?? {}).flatMap((kind) => Object.entries<Json>(kind));
  const ofComponents = components.flatMap(([name, component]) => withSubject(component, name));
  const ofServers = (bundle.servers ?? []).flatMap((server: Json) =>
    Object.values<Json>(server.variables ?? {}).flatMap((variable) => withSubject(variable, server.url)),
  );
  return [...ofServers, ...ofOperations, ...ofComponents.toSorted((a, b) => a.subject.localeCompare(b.subject, "en"))];
}

/** The quirks as a Markdown table. */
export function quirksTable(quirks: readonly Quirk[]): string {
  const rows = quirks.map(({ id, subject, says, decision, reason }) =>
    [`<a id="${id}"></a>\`${id}\``, subject, says, decision, reason].map(cell).join(" | "),
  );
  return [
    "# Quirks",
    "",
    "Where the vendor's documents contradict each other or surprise, what this contract decided, and why. Made from the",
    "`x-aps-quirks` of the contract.",
    "",
    "| Quirk | Where | What the documents say | Decision | Reason |",
    "|---|---|---|---|---|",
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n");
}

function withSubject(node: Json, subject: string): Quirk[] {
  return (node["x-aps-quirks"] ?? []).map((quirk: Omit<Quirk, "subject">) => ({ ...quirk, subject }));
}

function cell(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
}

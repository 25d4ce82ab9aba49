import type { Change } from "./change.ts";

/** Pages that gather facts of all operations, by what a pointer or a rule must look like for them to change. */
const overviews: readonly (readonly [page: string, applies: (change: Change) => boolean])[] = [
  ["/jobs/", ({ pointer }) => pointer.startsWith("#/x-aps-job")],
  ["/errors/", ({ pointer }) => pointer.startsWith("#/x-aps-error-codes")],
  ["/regions/", ({ pointer }) => pointer.startsWith("#/servers")],
  ["/permissions/", ({ pointer }) => pointer.includes("/x-aps-authorization")],
  ["/quirks/", ({ rule }) => rule.startsWith("x-aps-quirks")],
  ["/limits/", ({ pointer, rule }) => /\/(requestBody|parameters)/.test(pointer) && !/description|summary/.test(rule)],
];

/** The pages of the documentation that a change alters, in every language. */
export function pagesOf(change: Change, operationIds: readonly string[]): string[] {
  const isOnOverviewOnly = /^#\/(x-aps-error-codes|servers)/.test(change.pointer);
  return [
    ...(isOnOverviewOnly ? [] : operationIds.map(pageOf)),
    ...overviews.filter(([, applies]) => applies(change)).map(([page]) => page),
  ];
}

/** The page of an operation in the documentation. */
function pageOf(operationId: string): string {
  return `/reference/${operationId.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase()}/`;
}

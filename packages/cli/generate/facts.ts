import { contract, iamContract, type Node, operations } from "./contract.ts";

/** Every region of the contract's servers. */
export function regions(): string[] {
  return contract.servers.flatMap(
    (server: { variables?: { region?: { enum: string[] } } }) => server.variables?.region?.enum ?? [],
  );
}

/** What each operation needs to be allowed, by its operationId. */
export function permissions(): Record<string, unknown> {
  return Object.fromEntries(
    operations().map(({ id, node }) => {
      const { action, accessLevel, dependencies } = node["x-aps-authorization"];
      return [id, { action, accessLevel, dependencies }];
    }),
  );
}

/** Every error code with its meaning and remedy, and the title of its source. */
export function errorCodes(): unknown[] {
  const sources = contract["x-aps-sources"];
  return contract["x-aps-error-codes"].map(({ source, ...code }: { source: string }) => ({
    ...code,
    source: sources[source].title,
  }));
}

/** The path of an operation of a further document. */
function pathOf(document: Node, operationId: string): string {
  const found = Object.entries<Node>(document.paths).find(([, item]) =>
    Object.values<Node>(item).some((operation) => operation?.operationId === operationId),
  );
  if (found === undefined) throw new Error(`There is no ${operationId}.`);
  return found[0];
}

/** What is needed of IAM beside what the client asks it for. */
export function iamFacts(): string[] {
  const path = pathOf(iamContract, "KeystoneListAuthProjects");
  return [`export const authProjectsPath = ${JSON.stringify(path)};`];
}

/** What is needed of the jobs of application servers: how long they take. */
export function serverJobFacts(): object {
  const { startedJobId, kinds } = contract["x-aps-job"].server;
  return {
    startedJobId,
    kinds: Object.fromEntries(
      Object.entries<{ typicalSeconds: number; limitSeconds: number }>(kinds).map(
        ([kind, { typicalSeconds, limitSeconds }]) => [kind, { typicalSeconds, limitSeconds }],
      ),
    ),
  };
}

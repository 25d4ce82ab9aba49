import type { OperationView } from "../src/contract/operations.ts";

/** Whether everything is tried, as in `npm run soak`. The ordinary tests try one of each kind. */
export const isLong = import.meta.env.MODE === "soak";

type Kinds = Pick<OperationView, "id" | "method" | "service" | "batch">;

/** The first operation of each method, the main one, the first whose answer tells ids apart, and the first of the image service. */
export function tried<Operation extends Kinds>(all: readonly Operation[]): Operation[] {
  const firstWith = (is: (one: Operation) => boolean) => all.find(is);
  const kinds = new Set([
    ...["GET", "PUT", "PATCH", "DELETE"].map((method) => firstWith((one) => one.method === method)),
    firstWith(({ id }) => id === "RecreateServerImage"),
    firstWith(({ batch }) => batch?.answers !== undefined),
    firstWith(({ service }) => service === "images"),
  ]);
  return all.filter((one) => isLong || kinds.has(one));
}

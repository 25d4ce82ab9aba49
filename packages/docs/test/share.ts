import type { OperationView } from "../src/contract/operations.ts";

/** Whether everything is tried, as in `npm run soak`. The ordinary tests try one of each kind. */
export const isLong = import.meta.env.MODE === "soak";

/** The first operation of each method, and the main one. */
export function tried<Operation extends Pick<OperationView, "id" | "method">>(all: readonly Operation[]): Operation[] {
  const isMain = ({ id }: Operation) => id === "RecreateServerImage";
  const isFirst = (one: Operation) => all.find(({ method }) => method === one.method) === one;
  return all.filter((one) => isLong || isMain(one) || (isFirst(one) && one.method !== "POST"));
}

/** What the contract says about one operation, as far as a call needs it. */
export interface OperationFacts {
  /** The operationId. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Whether a success has a JSON body. */
  readonly answersJson: boolean;
  /** Whether a success names a job. */
  readonly startsJob: boolean;
  /** The permission that the operation needs. */
  readonly action: string;
}

/** Stands for the operation of a path that the contract does not have. */
export function notListed(method: string, path: string): OperationFacts {
  return { id: `${method} ${path}`, method, path, answersJson: false, startsJob: false, action: "unknown" };
}

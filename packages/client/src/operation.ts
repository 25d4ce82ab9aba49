/** What the contract says about one operation, as far as a call needs it. */
export interface OperationFacts {
  /** The operationId. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** A success has no JSON body. */
  readonly hasNoBody?: true;
  /** A success names a job. */
  readonly startsJob?: true;
  /** The permission that the operation needs; undefined where none is known. */
  readonly action?: string;
}

/** Stands for the operation of a path that the contract does not have. */
export function notListed(method: string, path: string): OperationFacts {
  return { id: `${method} ${path}`, method, path, hasNoBody: true };
}

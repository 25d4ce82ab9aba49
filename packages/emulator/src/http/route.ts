/** What the contract says about one operation, as far as the emulator needs it. */
export interface Route {
  readonly service: "aps" | "iam" | "ims";
  readonly operationId: string;
  readonly method: string;
  /** Path template, such as `/v1/{project_id}/image-servers`. */
  readonly path: string;
  /** Whether the caller must show a token or a signature. */
  readonly authenticated: boolean;
  /** The name of the policy that limits how often it may be called, where there is one. */
  readonly rateLimit?: string;
  /** The permissions that the operation needs: its own first, then those that it depends on. */
  readonly permissions: readonly string[];
  /** The states in which the operation is allowed, by kind of resource. */
  readonly preconditions: Readonly<Record<string, readonly string[]>>;
  readonly query: readonly { readonly name: string; readonly type?: unknown; readonly default?: unknown }[];
  readonly hasBody: boolean;
  /** Whether the body must be there. */
  readonly needsBody: boolean;
  /** Status of success. */
  readonly success: number;
  /** Name of the validator of the answer by status; null where the answer has no body. */
  readonly answers: Readonly<Record<string, string | null>>;
  /** Names of the headers that hold the id of the call, by status. */
  readonly answerIds: Readonly<Record<string, readonly string[]>>;
  /** The contract's example answer by status; null where the answer has no body. */
  readonly examples: Readonly<Record<string, unknown>>;
  readonly uniqueBy: readonly { readonly pointer: string; readonly key: string }[];
}

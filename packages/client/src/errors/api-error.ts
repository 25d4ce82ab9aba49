import type { ErrorCodesByStatus, KnownErrorCode } from "../generated/contract.ts";
import { ApsError } from "./aps-error.ts";

/** What is known of an answer that was not a success. */
export interface ApiErrorDetails {
  readonly operationId: string;
  readonly status: number;
  readonly code?: KnownErrorCode | (string & {}) | undefined;
  readonly requestId?: string | undefined;
  readonly body: unknown;
  readonly retryAfterMs?: number | undefined;
  readonly permission?: string | undefined;
  readonly problem: string;
}

/** A code that the catalogue pairs with a status; any known code where it has none for the status. */
type CodeOf<Status extends number> = Status extends keyof ErrorCodesByStatus
  ? ErrorCodesByStatus[Status]
  : KnownErrorCode;

/**
 * The service, the gateway in front of it, or IAM refused a call, or answered something that is not an answer. Match on
 * `code` together with `status`, never on the text: the vendor pairs one code with several texts.
 */
export class ApiError extends ApsError {
  override name = "ApiError";
  /** The operation that was called, by its operationId. */
  declare readonly operationId: string;
  /** HTTP status of the answer. */
  declare readonly status: number;
  /** Error code, such as `WKS.00129901` or `APIGW.0301`, when the body names one. */
  declare readonly code: KnownErrorCode | (string & {}) | undefined;
  /** Correlation id of the call, for a question to the vendor's support. */
  declare readonly requestId: string | undefined;
  /** The body: parsed JSON, or the first 500 characters of anything else. */
  declare readonly body: unknown;
  /** Milliseconds to wait before the next try, when the answer says so. */
  declare readonly retryAfterMs: number | undefined;
  /** On a refusal with status 403: the permission that the operation needs, `unknown` where the vendor names none. */
  declare readonly permission: string | undefined;

  constructor({ problem, ...details }: ApiErrorDetails) {
    const { operationId, requestId } = details;
    super(`${operationId}: ${problem}${requestId === undefined ? "" : ` Request id: ${requestId}.`}`);
    Object.assign(this, details);
  }

  /**
   * Whether the refusal has this status, and this code when one is given. TypeScript then knows both, offers the codes
   * that the contract's catalogue pairs with the status, and knows that a 403 names a permission.
   */
  is<const Status extends number, const Code extends CodeOf<Status>>(
    status: Status,
    code?: Code,
  ): this is this & {
    readonly status: Status;
    readonly code: CodeOf<Status> extends Code ? string | undefined : Code;
    readonly permission: Status extends 403 ? string : undefined;
  } {
    return this.status === status && (code === undefined || this.code === code);
  }
}

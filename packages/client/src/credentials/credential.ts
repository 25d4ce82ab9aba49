import type { ClientEvent } from "../events.ts";
import type { Sleep } from "../transport/within.ts";

/** A user token, or an access key pair. */
export type Credential = TokenCredential | KeyCredential;

/** A user token, which is sent as it is. */
export interface TokenCredential {
  readonly type: "token";
  readonly token: string;
  /** The project that the token is for, when known. */
  readonly projectId?: string | undefined;
}

/** An access key pair, permanent or temporary, which signs each request. */
export interface KeyCredential {
  readonly type: "accessKey";
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The security token of temporary keys. */
  readonly securityToken?: string | undefined;
  /** The project that the keys are for, when known. */
  readonly projectId?: string | undefined;
  /** Base URL of the IAM that knows the keys, when their source names it. */
  readonly iamEndpoint?: string | undefined;
}

/** What a credential source may need to obtain a credential: the settings of the client that asks for it. */
export interface CredentialContext extends Partial<Limits> {
  /** Base URL of IAM, without a slash at the end. Undefined where the region is not known. */
  readonly iamEndpoint: string | undefined;
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  /** The `fetch` that the client was given. */
  readonly fetch: typeof globalThis.fetch;
  /** Now, in milliseconds since 1970. */
  readonly now: () => number;
  /** The credential that the service has just refused: a cached one must be renewed. */
  readonly refused?: Credential | undefined;
}

/** How the client limits and repeats its calls. A source that sends requests of its own does likewise. */
interface Limits {
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxAttempts: number;
  /** Milliseconds on a clock that nobody sets. */
  readonly monotonicNow: () => number;
  readonly sleep: Sleep;
  readonly random: () => number;
  /** Told of every repetition. */
  readonly onEvent: ((event: ClientEvent) => void) | undefined;
}

/**
 * Where credentials come from: called before every attempt, so it caches what is costly to obtain. Write your own for a
 * vault or an agent. A call waits for its source no longer than for its own time and signal, while the source may go on
 * for other calls.
 *
 * @throws CredentialsError when there are none. Mark it `isTransient` when another try may succeed: what waits for a job
 *   then goes on waiting.
 */
export type CredentialSource = (context: CredentialContext) => Credential | Promise<Credential>;

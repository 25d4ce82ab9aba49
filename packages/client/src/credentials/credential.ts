/** A user token, or an access key pair. */
export type Credential = TokenCredential | KeyCredential;

export interface TokenCredential {
  readonly type: "token";
  readonly token: string;
  /** The project that the token is for, when known. */
  readonly projectId?: string | undefined;
}

export interface KeyCredential {
  readonly type: "accessKey";
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The security token of temporary keys. */
  readonly securityToken?: string | undefined;
  readonly projectId?: string | undefined;
}

/** What a credential source may need to obtain a credential. */
export interface CredentialContext {
  /** Base URL of IAM, without a slash at the end. */
  readonly iamEndpoint: string;
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  /** The `fetch` that the client was given. */
  readonly fetch: typeof globalThis.fetch;
  /** Now, in milliseconds since 1970. */
  readonly now: () => number;
  /** The credential that the service has just refused as expired: a cached one must be renewed. */
  readonly refused?: Credential | undefined;
}

/**
 * Where credentials come from: called before every attempt, so it caches what is costly to obtain. Write your own for a
 * vault or an agent.
 *
 * @throws CredentialsError when there are none.
 */
export type CredentialSource = (context: CredentialContext) => Credential | Promise<Credential>;

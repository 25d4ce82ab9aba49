import type { CredentialSource } from "./credentials/credential.ts";
import { CredentialsError } from "./errors/credentials-error.ts";
import type { ClientEvent } from "./events.ts";
import { iamHost, serviceHost } from "./regions.ts";
import { type Sleep, sleepOnTimer } from "./transport/within.ts";

/** Time for a call with all its attempts where none is given, in milliseconds. */
export const usualTotalTimeoutMs = 180_000;

/** How a client is set up. Give `region`, or `endpoint`, or both. */
export interface ClientOptions {
  /** Where credentials come from. */
  readonly credentials: CredentialSource;
  /** Region id, such as `ap-southeast-1`. Selects the hosts, and the project when `projectId` is left out. */
  readonly region?: string | undefined;
  /** Base URL of the service, such as `http://127.0.0.1:4010` for an emulator. Default: the host of the region. */
  readonly endpoint?: string | undefined;
  /**
   * Base URL of IAM. Default: `endpoint` when that is on this machine, as an emulator is; else what the credentials name, else
   * IAM of the region. Where that is not known, what needs IAM says so.
   */
  readonly iamEndpoint?: string | undefined;
  /** Base URLs of further services by their names, such as `{ ims }`. Default: `endpoint` when that is on this machine, else those of the region. */
  readonly endpoints?: Readonly<Record<string, string>> | undefined;
  /** Project id. Default: that of the credentials, else looked up from IAM by the name of the region. */
  readonly projectId?: string | undefined;
  /** Whether requests are held against the contract before they are sent. Default: true. */
  readonly validate?: boolean | undefined;
  /** Time for one attempt, in milliseconds. The gateway itself gives up after 30 s. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Time for a call with all its attempts, in milliseconds. Default: 180,000. */
  readonly totalTimeoutMs?: number | undefined;
  /** Attempts of a call that is safe to repeat. Default: 5. */
  readonly maxAttempts?: number | undefined;
  /** Sends the requests; for proxies and tests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Told what the client does. Events hold no secret. It only watches: an exception that it throws is ignored, because it must
   * not make a call fail that has started an image.
   */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined;
  /** Appended to the header `User-Agent`: printable ASCII. */
  readonly userAgent?: string | undefined;
  /** Now, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /**
   * Milliseconds on a clock that nobody sets, by which limits are kept. Default: `now` when that is given, else
   * `performance.now`.
   */
  readonly monotonicNow?: (() => number) | undefined;
  /** A number from 0 to 1, for the spread of retries. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Waits. Default: a timer. */
  readonly sleep?: Sleep | undefined;
}

/** The options with every default filled in. */
export type Settings = {
  readonly [Name in keyof ClientOptions]-?: Name extends
    | "region"
    | "iamEndpoint"
    | "projectId"
    | "userAgent"
    | "onEvent"
    ? ClientOptions[Name]
    : Exclude<ClientOptions[Name], undefined>;
} & {
  /** Whether `iamEndpoint` is said or follows from the endpoint, so that credentials do not lead elsewhere. */
  readonly isIamEndpointGiven: boolean;
};

/**
 * Fills in the defaults.
 *
 * @throws CredentialsError when there is no credential source.
 * @throws TypeError when neither region nor endpoint is given, or the region is unknown.
 */
export function settingsOf(options: ClientOptions): Settings {
  if (typeof options.credentials !== "function") {
    throw new CredentialsError(
      "createClient: credentials are missing. Pass accessKey, password, token or fromEnvironment.",
    );
  }
  const endpoint = baseUrl(options.endpoint ?? serviceHost(options.region), "endpoint");
  const given = options.iamEndpoint ?? (isLoopback(endpoint) ? endpoint : undefined);
  return {
    credentials: options.credentials,
    region: options.region,
    endpoint,
    iamEndpoint: given === undefined ? iamHost(options.region) : baseUrl(given, "iamEndpoint"),
    isIamEndpointGiven: given !== undefined,
    endpoints: Object.fromEntries(
      Object.entries(options.endpoints ?? {}).map(([name, url]) => [name, baseUrl(url, `endpoints.${name}`)]),
    ),
    projectId: options.projectId,
    validate: options.validate ?? true,
    timeoutMs: options.timeoutMs ?? 60_000,
    totalTimeoutMs: options.totalTimeoutMs ?? usualTotalTimeoutMs,
    maxAttempts: options.maxAttempts ?? 5,
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    onEvent: watching(options.onEvent),
    userAgent: options.userAgent,
    now: options.now ?? Date.now,
    monotonicNow: options.monotonicNow ?? options.now ?? (() => performance.now()),
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleepOnTimer,
  };
}

/** Whether a base URL leads to this machine, where a service and its IAM are one emulator. What is no URL does not. */
export function isLoopback(endpoint = ""): boolean {
  return /^https?:\/\/(localhost|\[::1]|127\.[\d.]+)([:/]|$)/i.test(endpoint);
}

/** A base URL as `fetch` writes it, without the usual port and in lower case, because the host is signed. */
export function baseUrl(text: string, name: string): string {
  if (URL.canParse(text) && /^https?:\/\/[^/?#@]+(\/[^?#]*)?$/i.test(text)) {
    const { origin, pathname } = new URL(text);
    return `${origin}${pathname}`.replace(/\/+$/, "");
  }
  // What stands before an @ may be a password.
  const given = JSON.stringify(text.replace(/\/\/.*@/, "//***@"));
  throw new TypeError(`createClient: ${name} must be an http or https URL without user and query; given was ${given}.`);
}

/** A callback that cannot make fail what it is told of, be it asynchronous or not. */
export function watching<Told>(callback: ((told: Told) => void) | undefined): ((told: Told) => void) | undefined {
  if (callback === undefined) return undefined;
  return (told) => {
    (async () => callback(told))().catch(() => {});
  };
}

import type { CredentialSource } from "./credentials/credential.ts";
import { CredentialsError } from "./errors/credentials-error.ts";
import type { ClientEvent } from "./events.ts";
import { iamGlobalHost, iamHosts, regionHosts } from "./generated/contract.ts";
import { nearest } from "./validation/nearest.ts";

/** How a client is set up. Give `region`, or `endpoint`, or both. */
export interface ClientOptions {
  /** Where credentials come from. */
  readonly credentials: CredentialSource;
  /** Region id, such as `ap-southeast-1`. Selects the hosts, and the project when `projectId` is left out. */
  readonly region?: string | undefined;
  /** Base URL of the service, such as `http://127.0.0.1:4010` for an emulator. Default: the host of the region. */
  readonly endpoint?: string | undefined;
  /** Base URL of IAM. Default: `endpoint` when that is given, else IAM of the region. */
  readonly iamEndpoint?: string | undefined;
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
  /** Told what the client does. Holds no secret. Exceptions that it throws are not caught. */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined;
  /** Appended to the header `User-Agent`. */
  readonly userAgent?: string | undefined;
  /** Now, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** A number from 0 to 1, for the spread of retries. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Waits. Default: a timer. */
  readonly sleep?: Sleep | undefined;
}

/** Resolves after a time, or rejects with the signal's reason as soon as it is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** The options with every default filled in. */
export type Settings = {
  readonly [Name in keyof ClientOptions]-?: Name extends "region" | "projectId" | "userAgent" | "onEvent"
    ? ClientOptions[Name]
    : Exclude<ClientOptions[Name], undefined>;
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
  const endpoint = baseUrl(options.endpoint ?? regionEndpoint(options.region), "endpoint");
  return {
    credentials: options.credentials,
    region: options.region,
    endpoint,
    iamEndpoint: baseUrl(options.iamEndpoint ?? options.endpoint ?? iamEndpointOf(options.region), "iamEndpoint"),
    projectId: options.projectId,
    validate: options.validate ?? true,
    timeoutMs: options.timeoutMs ?? 60_000,
    totalTimeoutMs: options.totalTimeoutMs ?? 180_000,
    maxAttempts: options.maxAttempts ?? 5,
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    onEvent: options.onEvent,
    userAgent: options.userAgent,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleepOnTimer,
  };
}

function regionEndpoint(region: string | undefined): string {
  if (region === undefined) throw new TypeError("createClient: give a region or an endpoint.");
  const host = (regionHosts as Readonly<Record<string, string>>)[region];
  if (host !== undefined) return host;
  const suggestion = nearest(region, Object.keys(regionHosts));
  const hint = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
  throw new TypeError(
    `createClient: region ${JSON.stringify(region)} is not known.${hint} Give an endpoint to use a region that is not in the list.`,
  );
}

/** Regions without an IAM host of their own use the global one, as the vendor's SDKs do. */
function iamEndpointOf(region: string | undefined): string {
  return (iamHosts as Readonly<Record<string, string>>)[region ?? ""] ?? iamGlobalHost;
}

function baseUrl(text: string, name: string): string {
  if (!URL.canParse(text) || !/^https?:\/\/[^?#]*$/.test(text)) {
    throw new TypeError(
      `createClient: ${name} must be an http or https URL without a query; given was ${JSON.stringify(text)}.`,
    );
  }
  return text.replace(/\/+$/, "");
}

function sleepOnTimer(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", aborted, { once: true });
    function done(): void {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }
    function aborted(): void {
      clearTimeout(timer);
      reject(signal?.reason);
    }
  });
}

import { isExempt } from "./no-proxy.ts";

/** The variables that say where requests go, by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy, and where it was found. */
export interface ProxyServer {
  readonly url: URL;
  /** The variable or option that names it, for messages. */
  readonly source: string;
}

/** Which proxies there are. */
export interface ProxyOptions {
  readonly proxy?: string | false | undefined;
  readonly noProxy?: string | readonly string[] | undefined;
}

/**
 * Chooses the proxy for a target as curl does: `HTTPS_PROXY` or `HTTP_PROXY` by the scheme of the target, else `ALL_PROXY`, in
 * lower case first, unless `NO_PROXY` names the host.
 *
 * @throws TypeError when what names the proxy is no URL of one.
 */
export function proxyFor(target: URL, options: ProxyOptions, environment: Environment): ProxyServer | undefined {
  if (options.proxy === false) return undefined;
  const found = options.proxy === undefined ? fromEnvironment(target.protocol, environment) : given(options.proxy);
  if (found === undefined) return undefined;
  const noProxy = options.noProxy ?? environment.no_proxy ?? environment.NO_PROXY ?? "";
  if (isExempt(target, typeof noProxy === "string" ? noProxy.split(/[\s,]+/) : noProxy)) return undefined;
  return { url: proxyUrl(found.value, found.source), source: found.source };
}

interface Named {
  readonly value: string;
  readonly source: string;
}

function given(value: string): Named {
  return { value, source: "the option proxy" };
}

function fromEnvironment(protocol: string, environment: Environment): Named | undefined {
  for (const name of [`${protocol.slice(0, -1)}_proxy`, "all_proxy"]) {
    for (const source of [name, name.toUpperCase()]) {
      const value = environment[source]?.trim();
      if (value) return { value, source };
    }
  }
  return undefined;
}

/** A proxy is often written without its scheme. */
function proxyUrl(value: string, source: string): URL {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== "") return url;
  // What stands before an @ may be a password.
  const shown = JSON.stringify(value.replace(/^(.*:\/\/)?.*@/, "$1***@"));
  throw new TypeError(
    `${source} must be the URL of an http or https proxy, such as http://proxy:3128; given was ${shown}.`,
  );
}

import { isExempt } from "./no-proxy.ts";
import { isProxy, proxyProblem, withScheme } from "./proxy-text.ts";

/** The variables that say where requests go, by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy, and where it was found. */
export interface ProxyServer {
  readonly url: URL;
  /** The variable or option that names it, for messages. */
  readonly source: string;
  /** Where a login for it can be put, for messages. */
  readonly login: string;
}

/** What messages call the options. */
export interface OptionNames {
  readonly proxy: string;
  readonly login: string;
  readonly ca: string;
}

/** Which proxies there are. */
export interface ProxyOptions {
  readonly proxy?: string | false | undefined;
  readonly noProxy?: string | readonly string[] | undefined;
  readonly names: OptionNames;
}

/**
 * Chooses the proxy for a target as curl does: `HTTPS_PROXY` or `HTTP_PROXY` by the scheme of the target, else `ALL_PROXY`, in
 * lower case first, unless `NO_PROXY` names the host.
 *
 * @throws TypeError when what names the proxy is no URL of one.
 */
export function proxyFor(target: URL, options: ProxyOptions, environment: Environment): ProxyServer | undefined {
  if (options.proxy === false) return undefined;
  const found =
    options.proxy === undefined ? fromEnvironment(target.protocol, environment) : given(options.proxy, options.names);
  if (found === undefined) return undefined;
  const noProxy = options.noProxy ?? environment.no_proxy ?? environment.NO_PROXY ?? "";
  if (isExempt(target, typeof noProxy === "string" ? noProxy.split(/[\s,]+/) : noProxy)) return undefined;
  const { value, source, login } = found;
  if (!isProxy(value)) throw new TypeError(proxyProblem(value, source));
  return { url: new URL(withScheme(value)), source, login };
}

interface Named {
  readonly value: string;
  readonly source: string;
  readonly login: string;
}

function given(value: string, { proxy, login }: OptionNames): Named {
  return { value, source: proxy, login };
}

function fromEnvironment(protocol: string, environment: Environment): Named | undefined {
  for (const name of [`${protocol.slice(0, -1)}_proxy`, "all_proxy"]) {
    for (const source of [name, name.toUpperCase()]) {
      const value = environment[source]?.trim();
      if (value) return { value, source, login: source };
    }
  }
  return undefined;
}

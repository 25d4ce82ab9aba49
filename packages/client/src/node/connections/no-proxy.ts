import { BlockList, isIP } from "node:net";

/**
 * Whether a list such as that of `NO_PROXY` names a target: `*`, a host with all below it (`example.com`, `.example.com`,
 * `*.example.com`), an address, a range of addresses (`10.0.0.0/8`), each with a port or without.
 */
export function isExempt({ hostname, port, protocol }: URL, list: readonly string[]): boolean {
  const host = withoutBrackets(hostname).toLowerCase();
  const usedPort = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  return list.some((entry) => {
    const [name, wantedPort] = split(entry.trim().toLowerCase());
    if (name === "" || (wantedPort !== undefined && wantedPort !== usedPort)) return false;
    return name === "*" || isInRange(host, name) || isBelow(host, name.replace(/^\*?\./, ""));
  });
}

function isBelow(host: string, name: string): boolean {
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

function isInRange(host: string, range: string): boolean {
  const [network = "", prefix] = range.split("/");
  const version = isIP(network);
  if (prefix === undefined || !/^\d{1,3}$/.test(prefix) || version === 0 || version !== isIP(host)) return false;
  if (Number(prefix) > (version === 4 ? 32 : 128)) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list.check(host, family);
}

/** A host and its port; an IPv6 address with a port stands in brackets. */
function split(entry: string): [string, string | undefined] {
  const [, name, port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [undefined, entry, undefined];
  return [withoutBrackets(name ?? ""), port];
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

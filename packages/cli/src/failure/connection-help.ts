/** What to check when a connection failed: the host that was meant, and a proxy that Node passes by. */
export function connectionHelp(error: Error, environment: NodeJS.ProcessEnv = process.env): string[] {
  const host = hostOf(error);
  const named = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"].find((name) => environment[name]);
  return [
    `Check the network, --region and --endpoint.${host === undefined ? "" : ` The host is ${host}.`}`,
    ...(named === undefined || environment.NODE_USE_ENV_PROXY
      ? []
      : [`${named} is set, but Node uses a proxy only with NODE_USE_ENV_PROXY=1 (Node 24 and later).`]),
  ];
}

/** The host that could not be found, or the address that could not be reached, as the system names it. */
function hostOf(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { hostname, address, port } = inner as { hostname?: string; address?: string; port?: number };
    if (hostname !== undefined) return hostname;
    if (address !== undefined) return port === undefined ? address : `${address}:${port}`;
  }
  return undefined;
}

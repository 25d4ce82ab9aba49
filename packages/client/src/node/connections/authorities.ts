import { readFileSync } from "node:fs";
import * as tls from "node:tls";
import type { Environment } from "./proxy.ts";

/** Where systems keep the authorities that they trust, for versions of Node that cannot ask the system. */
const systemFiles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * Every authority that is trusted: those of Node and of `NODE_EXTRA_CA_CERTS`, those of the system, and further ones. Node
 * forgets its own when it is given any. Reading them takes some hundredths of a second, so it is done once.
 */
export function trustedBy(further: readonly string[], useSystem: boolean, environment: Environment): tls.SecureContext {
  const { getCACertificates } = tls as Partial<typeof tls>;
  const usual = getCACertificates?.("default") ?? tls.rootCertificates;
  const system = useSystem ? (getCACertificates?.("system") ?? systemAuthorities(environment)) : [];
  const all = [...usual, ...system, ...optional(environment.NODE_EXTRA_CA_CERTS), ...further];
  return tls.createSecureContext({ ca: [...new Set(all)] });
}

function systemAuthorities(environment: Environment): string[] {
  for (const file of [environment.SSL_CERT_FILE, ...systemFiles]) {
    const found = optional(file);
    if (found.length > 0) return found;
  }
  return [];
}

/** Node itself only warns of a file that is not there. */
function optional(file: string | undefined): string[] {
  if (!file) return [];
  try {
    return [readFileSync(file, "utf8")];
  } catch {
    return [];
  }
}

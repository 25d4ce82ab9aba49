import { execFileSync } from "node:child_process";

/**
 * The address of the repository on the web, such as `https://github.com/owner/name`. In a workflow GitHub says it, and
 * elsewhere the remote `origin` does.
 *
 * @param root a folder of the repository.
 * @returns undefined when neither names a host, for example in a clone of a clone.
 */
export function repositoryUrl(root: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = environment;
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY) return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`;
  return webAddressOf(originOf(root));
}

function originOf(root: string): string {
  try {
    const args = ["remote", "get-url", "origin"];
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}

/** A remote may hold a user or a token, which an address on the web must not. */
function webAddressOf(remote: string): string | undefined {
  const [, host, path] =
    /^(?:https:\/\/|ssh:\/\/)(?:[^@/]+@)?([\w.-]+)(?::\d+)?\/(.+?)(?:\.git)?\/?$/.exec(remote) ??
    /^[\w.-]+@([\w.-]+):(.+?)(?:\.git)?\/?$/.exec(remote) ??
    [];
  return host === undefined ? undefined : `https://${host}/${path}`;
}

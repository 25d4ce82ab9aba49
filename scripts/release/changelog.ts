// How a changeset becomes a line of a changelog: its text, and a link to the commit, which shows the change to the contract.
import { repositoryUrl } from "./repository.ts";

interface Changeset {
  readonly summary: string;
  readonly commit?: string;
}

/** Without an address on the web the link leads from a package's folder on a branch to the repository's own. */
const repository = repositoryUrl(process.cwd()) ?? "../../../..";

async function getReleaseLine({ summary, commit }: Changeset): Promise<string> {
  const [first = "", ...rest] = summary.trim().split("\n");
  const link = commit === undefined ? "" : ` ([contract and code](${repository}/commit/${commit}))`;
  return [`- ${first}${link}`, ...rest.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");
}

/** The packages are released together, so that a new version of one in another is no news. */
async function getDependencyReleaseLine(): Promise<string> {
  return "";
}

export default { getReleaseLine, getDependencyReleaseLine };

// Help of the whole program. Loads nothing but names and summaries, because it is asked for most.
import { overview } from "../generated/overview.ts";
import { version } from "../generated/version.ts";
import { fold } from "../terminal/wrap.ts";

/**
 * What the program prints for `aps --help`.
 *
 * @param columns what a line may take. Default: no limit.
 */
export function rootHelp(columns?: number): string {
  const width = Math.max(...overview.map(([words]) => words.length));
  const text = `aps ${version}: images of Huawei Cloud Workspace Application Streaming. Unofficial.

Usage: aps <command> [options]

Commands:
${overview.map(([words, summary]) => `  ${words.padEnd(width)}  ${summary}`).join("\n")}

  aps <command> --help shows options, limits and an example.
  aps help <topic> explains environment, exit-codes, journal, output, proxy, regions.
  aps --version prints the version.

Where to send requests, and as whom:
  --region, --project-id, --endpoint, --iam-endpoint, --profile, or APS_REGION, APS_PROJECT_ID and so on.
  Access keys come from HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, else from the profile file, else from the metadata
  service of a cloud server. Secrets are never options.

Exit codes: 0 done, 1 refused or failed by the service, 2 wrong usage, 3 the job failed, 4 timed out, 5 try again later,
6 not allowed, 7 not found, 8 in doubt, 9 waits for approval, 130 interrupted.
`;
  return fold(text, columns);
}

// Help of the whole program. Loads nothing but names and summaries, because it is asked for most.
import { overview } from "../generated/overview.ts";
import { version } from "../generated/version.ts";
import { exitCodeMeanings } from "../program/exit-code.ts";
import { fold } from "../terminal/wrap.ts";

/** What is said of each code before the details. */
const exitCodes = exitCodeMeanings.map(
  ([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning.split(/[:;]/)[0]}`,
);

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

Exit codes:
${exitCodes.join("\n")}
`;
  return fold(text, columns);
}

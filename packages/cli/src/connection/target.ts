import { suggestion } from "../arguments/nearest.ts";
import { variableOf } from "../arguments/option.ts";
import type { Given } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { regions } from "../generated/regions.ts";
import type { Environment } from "../terminal/streams.ts";

/** Where requests go, and for which project. */
export interface Target {
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  readonly endpoint: string | undefined;
  readonly iamEndpoint: string | undefined;
}

/**
 * Reads the target from options, and from the environment where an option is left out.
 *
 * @throws UsageError when neither a region nor an endpoint is given, the region is not known, or a URL is none.
 */
export function targetOf(given: Given, environment: Environment): Target {
  const read = (name: string) => given.texts.get(name)?.[0] ?? (environment[variableOf(name)] || undefined);
  const target = {
    region: read("region"),
    projectId: read("project-id"),
    endpoint: url("endpoint", read("endpoint")),
    iamEndpoint: url("iam-endpoint", read("iam-endpoint")),
  };
  if (target.endpoint !== undefined) return target;
  if (target.region === undefined) {
    throw new UsageError(
      `No region. Give --region or set ${variableOf("region")}, for example to ap-southeast-1; or give --endpoint. Known regions: ${regions.join(", ")}.`,
    );
  }
  if (!regions.includes(target.region)) {
    throw new UsageError(
      `--region: ${JSON.stringify(target.region)} is not a known region.${suggestion(target.region, regions)} Known regions: ${regions.join(", ")}. For another one give --endpoint too.`,
    );
  }
  return target;
}

function url(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  // What stands before an @ may be a password, so it is not repeated.
  if (/^[^/]*(\/\/)?[^/]*@/.test(text)) throw new UsageError(`--${name} must not contain a user name or password.`);
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.search !== "" || parsed.hash !== "") {
    throw new UsageError(
      `--${name} must be an http or https URL without a query, such as http://127.0.0.1:4010; given was ${JSON.stringify(text)}.`,
    );
  }
  return text;
}

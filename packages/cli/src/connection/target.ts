import { suggestion } from "../arguments/nearest.ts";
import { variableOf } from "../arguments/option.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { regions } from "../generated/regions.ts";
import type { Setting, Settings } from "../settings/settings.ts";

/** Where requests go, and for which project. */
export interface Target {
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  readonly endpoint: string | undefined;
  readonly iamEndpoint: string | undefined;
}

/**
 * Reads where requests go.
 *
 * @throws UsageError when neither a region nor an endpoint is given, the region is not known, or a URL is none.
 */
export function targetOf(settings: Settings): Target {
  const target = {
    region: settings.text("region"),
    projectId: settings.text("project-id"),
    endpoint: url(settings.read("endpoint")),
    iamEndpoint: url(settings.read("iam-endpoint")),
  };
  if (target.endpoint !== undefined) return target;
  if (target.region === undefined) {
    throw new UsageError(
      `No region. Give --region or set ${variableOf("region")}, for example to ap-southeast-1; or give --endpoint. aps help regions lists those that are known.`,
    );
  }
  if (!regions.includes(target.region)) {
    throw new UsageError(
      `${settings.read("region")?.from}: ${JSON.stringify(target.region)} is not a known region.${suggestion(target.region, regions)} aps help regions lists them. For another one give --endpoint too.`,
    );
  }
  return target;
}

function url(setting: Setting | undefined): string | undefined {
  if (setting === undefined) return undefined;
  const { value: text, from } = setting;
  // What stands before an @ may be a password, so it is not repeated.
  if (/^[^/]*(\/\/)?[^/]*@/.test(text)) throw new UsageError(`${from} must not contain a user name or password.`);
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.search !== "" || parsed.hash !== "") {
    throw new UsageError(
      `${from} must be an http or https URL without a query, such as http://127.0.0.1:4010; given was ${JSON.stringify(text)}.`,
    );
  }
  return text;
}

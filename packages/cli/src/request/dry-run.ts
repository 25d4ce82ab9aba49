import { type Credential, type CredentialSource, environmentVariables, token } from "@workspace-aps/client";
import type { Given } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command } from "../command.ts";
import { credentialsOf } from "../connection/credentials.ts";
import { MissingCredentialsError } from "../connection/missing-credentials-error.ts";
import { targetOf } from "../connection/target.ts";
import { version } from "../generated/version.ts";
import { formatOf, printJson } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { type Environment, paintFor } from "../terminal/streams.ts";
import type { RequestParts } from "./build.ts";
import { type CapturedRequest, captureRequest } from "./capture.ts";
import { curlCommand } from "./curl.ts";

/** Headers that say who sends a request. They never leave this program but in the request itself. */
const secretHeaders = new Set(["authorization", "x-auth-token", "x-security-token"]);

/** Whether the request is to be shown instead of sent. */
export function isDryRun(given: Given): boolean {
  return given.switches.get("dry-run") === true || given.switches.get("curl") === true;
}

/** Prints the request that a command would send, or the curl command for it. Nothing is sent. */
export async function printRequest(
  { given, streams }: Context,
  command: Command,
  request: RequestParts,
): Promise<number> {
  const { environment } = streams;
  if (given.switches.get("curl") === true) {
    streams.out.write(
      `${await curl(command, request, given, environment, (note) => streams.err.write(`${note}\n`))}\n`,
    );
    return exitCode.done;
  }
  const captured = await capture(command, request, token("unused"), given, environment);
  const headers = [...captured.headers].filter(([name]) => !secretHeaders.has(name));
  const body = captured.body === undefined ? undefined : JSON.parse(captured.body);
  if (formatOf(given, streams) === "json") {
    printJson(streams, { method: captured.method, url: captured.url, headers: Object.fromEntries(headers), body });
    return exitCode.done;
  }
  const lines = [`${captured.method} ${captured.url}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  if (body !== undefined) lines.push("", JSON.stringify(body, null, 2));
  streams.out.write(`${lines.join("\n")}\n`);
  streams.err.write(
    `${paintFor(streams.err, environment).dim("Nothing was sent. Credentials are added when it is sent.")}\n`,
  );
  return exitCode.done;
}

async function curl(
  command: Command,
  request: RequestParts,
  given: Given,
  environment: Environment,
  say: (note: string) => void,
): Promise<string> {
  const credential = await credentialOf(given, environment);
  if (credential === undefined) {
    say("Not signed, because no access key was found. Put a token into the variable TOKEN.");
    const captured = await capture(command, request, token("unused"), given, environment);
    return curlCommand(captured, { "x-auth-token": "$TOKEN" });
  }
  const captured = await capture(command, request, () => credential, given, environment);
  say("Signed. The service accepts the signature for 15 minutes. Nothing was sent.");
  return curlCommand(captured, { "x-security-token": `$${environmentVariables.securityToken}` });
}

/** An access key that this machine holds. The metadata service is not asked, because nothing is to be sent. */
async function credentialOf(given: Given, environment: Environment): Promise<Credential | undefined> {
  const fetch = () => Promise.reject(new Error("Not sent."));
  const context = { iamEndpoint: "", region: undefined, projectId: undefined, fetch, now: Date.now };
  try {
    return await credentialsOf(given, environment)(context);
  } catch (error) {
    if (given.texts.has("profile") || !(error instanceof MissingCredentialsError)) throw error;
    return undefined;
  }
}

/** @throws UsageError when the project would have to be looked up, which sends a request. */
async function capture(
  command: Command,
  request: RequestParts,
  credentials: CredentialSource,
  given: Given,
  environment: Environment,
): Promise<CapturedRequest> {
  const target = targetOf(given, environment);
  const projectId = target.projectId ?? environment.HUAWEICLOUD_SDK_PROJECT_ID;
  if (!projectId) {
    throw new UsageError(
      "--dry-run sends nothing, so it cannot look the project up. Give --project-id or set APS_PROJECT_ID.",
    );
  }
  return captureRequest({ ...target, projectId, credentials, userAgent: `aps/${version}` }, command.method, request);
}

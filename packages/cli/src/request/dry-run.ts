import { type Credential, type CredentialSource, environmentVariables, token } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command } from "../command.ts";
import { credentialsOf } from "../connection/credentials.ts";
import { MissingCredentialsError } from "../connection/missing-credentials-error.ts";
import { targetOf } from "../connection/target.ts";
import { version } from "../generated/version.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { RequestParts } from "./build.ts";
import { type CapturedRequest, captureRequest } from "./capture.ts";
import { curlCommand } from "./curl.ts";

/** Headers that say who sends a request. They never leave this program but in the request itself. */
const secretHeaders = new Set(["authorization", "x-auth-token", "x-security-token"]);

/** Prints the request that a command would send, or the curl command for it. Nothing is sent. */
export async function printRequest(context: Context, command: Command, request: RequestParts): Promise<number> {
  return print(context, await showRequests(context, command, [request]), ([document]) => document);
}

/** Prints many requests: as one JSON list, or one after the other. Nothing is sent. */
export async function printRequests(
  context: Context,
  command: Command,
  requests: readonly RequestParts[],
): Promise<number> {
  return print(context, await showRequests(context, command, requests), (documents) => documents);
}

/** Requests as they are shown. */
interface Shown {
  readonly texts: readonly string[];
  readonly documents: readonly unknown[];
  /** What people should know about them. */
  readonly note: string;
}

async function print(
  context: Context,
  { texts, documents, note }: Shown,
  documentOf: (documents: readonly unknown[]) => unknown,
): Promise<number> {
  await printResult(context, {
    document: documentOf(documents),
    columns: ["method", "url", "curl"],
    lines: () => texts.join("\n\n").split("\n"),
  });
  if (context.output.format === "table") context.log.note(note);
  return exitCode.done;
}

async function showRequests(context: Context, command: Command, requests: readonly RequestParts[]): Promise<Shown> {
  const { given } = context;
  const isCurl = given.switches.get("curl") === true;
  const credential = isCurl ? await credentialOf(context) : undefined;
  const source = credential === undefined ? token("unused") : () => credential;
  const texts: string[] = [];
  const documents: unknown[] = [];
  for (const request of requests) {
    const captured = await capture(command, request, source, context);
    const curl = isCurl ? curlCommand(captured, variablesFor(credential)) : undefined;
    texts.push(curl ?? asText(captured));
    documents.push(curl === undefined ? asDocument(captured) : { curl });
  }
  return { texts, documents, note: noteOn(isCurl, credential) };
}

function noteOn(isCurl: boolean, credential: Credential | undefined): string {
  if (!isCurl) return "Nothing was sent. Credentials are added when it is sent.";
  return credential === undefined
    ? "Not signed, because no access key was found. Put a token into the variable TOKEN."
    : "Signed. The service accepts the signature for 15 minutes. Nothing was sent.";
}

/** Headers whose value the shell is to take from a variable, so that no secret is printed. */
function variablesFor(credential: Credential | undefined): Readonly<Record<string, string>> {
  if (credential === undefined) return { "x-auth-token": "$TOKEN" };
  return { "x-security-token": `$${environmentVariables.securityToken}` };
}

function asDocument({ method, url, headers, body }: CapturedRequest): unknown {
  return { method, url, headers: Object.fromEntries(shownHeaders(headers)), body: parsed(body) };
}

function asText({ method, url, headers, body }: CapturedRequest): string {
  const lines = [`${method} ${url}`, ...shownHeaders(headers).map(([name, value]) => `${name}: ${value}`)];
  return [...lines, ...(body === undefined ? [] : ["", JSON.stringify(parsed(body), null, 2)])].join("\n");
}

function shownHeaders(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => !secretHeaders.has(name));
}

function parsed(body: string | undefined): unknown {
  return body === undefined ? undefined : JSON.parse(body);
}

/** An access key that this machine holds. The metadata service is not asked, because nothing is to be sent. */
async function credentialOf(run: Context): Promise<Credential | undefined> {
  const fetch = () => Promise.reject(new Error("Not sent."));
  const context = { iamEndpoint: "", region: undefined, projectId: undefined, fetch, now: Date.now };
  try {
    return await credentialsOf(run)(context);
  } catch (error) {
    if (run.settings.profile !== undefined || !(error instanceof MissingCredentialsError)) throw error;
    return undefined;
  }
}

/** @throws UsageError when the project would have to be looked up, which sends a request. */
async function capture(
  command: Command,
  request: RequestParts,
  credentials: CredentialSource,
  { settings, host }: Context,
): Promise<CapturedRequest> {
  const target = targetOf(settings);
  const projectId = target.projectId ?? host.environment[environmentVariables.projectId];
  if (!projectId) {
    throw new UsageError(
      "--dry-run sends nothing, so it cannot look the project up. Give --project-id or set APS_PROJECT_ID.",
    );
  }
  return captureRequest({ ...target, projectId, credentials, userAgent: `aps/${version}` }, command.method, request);
}

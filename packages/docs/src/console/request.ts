import { captureRequest, curlCommand } from "@workspace-aps/cli/command-line";
import { accessKey, type Issue, token, ValidationError } from "@workspace-aps/client";
import { type Call, methodNameOf, requestOf, type SampledOperation } from "../samples/call.ts";
import { valueFrom } from "./body-text.ts";
import type { ConsoleFacts } from "./facts.ts";

/** What is typed into the form: a text per parameter, and the body. */
export interface Typed {
  readonly values: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The call that was typed, or why there is none yet. */
export type Checked =
  | { readonly call: Call; readonly issues: readonly [] }
  | { readonly call: undefined; readonly issues: readonly Pick<Issue, "pointer" | "message">[] };

/** Whose requests a real endpoint is to accept. */
export interface RealEndpoint {
  readonly region: string;
  readonly projectId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly securityToken: string;
}

/** Reads what was typed and holds it against the contract, without sending anything. */
export async function check(facts: ConsoleFacts, typed: Typed, notJson: (reason: string) => string): Promise<Checked> {
  let call: Call;
  try {
    call = callOf(facts, typed);
  } catch (error) {
    return { call: undefined, issues: [{ pointer: "/body", message: notJson((error as Error).message) }] };
  }
  try {
    const nobody = { region: "ap-southeast-1", projectId: "p", credentials: token("unused") };
    await captureRequest(nobody, methodNameOf(facts.operation), requestOf(call));
    return { call, issues: [] };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { call: undefined, issues: error.issues };
  }
}

/** A signed curl command for a real endpoint. */
export async function signedCurl(operation: SampledOperation, call: Call, real: RealEndpoint): Promise<string> {
  const { region, projectId, accessKeyId, secretAccessKey, securityToken } = real;
  const credentials = accessKey({
    accessKeyId,
    secretAccessKey,
    ...(securityToken === "" ? {} : { securityToken }),
  });
  const options = { region, projectId, credentials };
  return curlCommand(await captureRequest(options, methodNameOf(operation), requestOf(call)), {});
}

function callOf({ parameters, body }: ConsoleFacts, typed: Typed): Call {
  const of = (place: string) =>
    Object.fromEntries(
      parameters
        .filter((parameter) => parameter.place === place)
        .map(({ name, kind, required }) => [name, valueFrom(typed.values[name] ?? "", kind), required] as const)
        .filter(([, value, required]) => required || value !== "")
        .map(([name, value]) => [name, value]),
    );
  return { path: of("path"), query: of("query"), body: body === undefined ? undefined : JSON.parse(typed.body ?? "") };
}

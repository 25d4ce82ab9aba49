import { quote } from "../help/quote.ts";
import type { CapturedRequest } from "./capture.ts";

/**
 * A request as a curl command.
 *
 * @param variables headers whose value the shell takes from a variable, so that no secret is printed.
 */
export function curlCommand(
  { method, url, headers, body }: CapturedRequest,
  variables: Readonly<Record<string, string>>,
): string {
  const shown = [...headers].filter(([name]) => name !== "user-agent");
  return [
    `curl --request ${method} --url ${single(url)}`,
    ...shown.map(([name, value]) => {
      const variable = variables[name];
      return `--header ${variable === undefined ? single(`${name}: ${value}`) : `"${name}: ${variable}"`}`;
    }),
    ...(body === undefined ? [] : [`--data-raw ${single(body)}`]),
  ].join(" \\\n  ");
}

function single(text: string): string {
  return /^[A-Za-z0-9_\-./:=,@%+]+$/.test(text) ? quote(text) : `'${text.replaceAll("'", "'\\''")}'`;
}

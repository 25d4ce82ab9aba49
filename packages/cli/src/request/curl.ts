import { quote } from "../help/quote.ts";
import type { CapturedRequest } from "./capture.ts";

/**
 * A request as a curl command.
 *
 * @param variables headers whose value the shell takes from a variable, so that no secret is printed. curl reads them from its
 *   standard input, because every user of a machine sees the arguments of every program; `printf` is part of the shell.
 */
export function curlCommand(
  { method, url, headers, body }: CapturedRequest,
  variables: Readonly<Record<string, string>>,
): string {
  const shown = [...headers].filter(([name]) => name !== "user-agent" && variables[name] === undefined);
  const taken = [...headers].flatMap(([name]) =>
    variables[name] === undefined ? [] : [`"${name}: ${variables[name]}"`],
  );
  const curl = `curl --request ${method} --url ${single(url)}`;
  return [
    ...(taken.length === 0 ? [curl] : [`printf '%s\\n' ${taken.join(" ")} |`, `${curl} --header @-`]),
    ...shown.map(([name, value]) => `--header ${single(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${single(body)}`]),
  ].join(" \\\n  ");
}

function single(text: string): string {
  return /^[A-Za-z0-9_\-./:=,@%+]+$/.test(text) ? quote(text) : `'${text.replaceAll("'", "'\\''")}'`;
}

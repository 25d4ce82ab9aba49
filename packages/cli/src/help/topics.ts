import { connectionOptions, variableOf } from "../arguments/option.ts";
import { regions } from "../generated/regions.ts";
import { exitCodeMeanings } from "../program/exit-code.ts";
import { wrap } from "../terminal/wrap.ts";
import { variables } from "./variables.ts";

/** A subject that no single command explains. */
export interface Topic {
  readonly summary: string;
  text(columns: number): string;
}

type Row = readonly [term: string, text: string];

const settings: readonly string[] = connectionOptions.map(({ name }) => name).filter((name) => name !== "profile");

/** What `aps help <topic>` explains. */
export const topics: Readonly<Record<string, Topic>> = {
  environment: topic("Variables, profiles, and which of them holds", () => [
    "Which value holds, the first that is there: the option; its variable; the profile; the default.",
    [
      ...settings.map((name): Row => [`--${name}`, `${variableOf(name)}; in a profile ${name.replaceAll("-", "_")}`]),
      ["--profile", "APS_PROFILE; else the profile default, where there is one"],
      ["--output", "APS_OUTPUT; in a profile output"],
    ],
    "Profiles are in ~/.config/aps/config.toml (XDG_CONFIG_HOME, or %APPDATA% on Windows, or APS_CONFIG_FILE); aps configure writes them. Keys are in the credentials file of the vendor's SDKs, ~/.huaweicloud/credentials: in the section of the profile's name, unless the profile names another as credentials.",
    "All variables:",
    variables,
  ]),
  "exit-codes": topic("What the exit code of a command says", () => [
    exitCodeMeanings.map(([code, meaning]): Row => [String(code), meaning]),
    "Of a list, 1 says that something was refused or is in doubt; the document says of each image what became of it.",
  ]),
  proxy: topic("Proxies and certificates", () => [
    "Requests go through the proxy that --proxy, APS_PROXY or the profile names, else through that of HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, in small letters too; the scheme may be left out. --proxy none goes directly. NO_PROXY names hosts that are asked without the proxy: names with all below them, addresses, ranges, *. This holds on every Node that aps runs on, and NODE_USE_ENV_PROXY is not needed: with it, Node itself ends before aps begins where the scheme of a proxy is left out.",
    "A proxy that asks for a login takes it from the URL, http://user:password@proxy:3128, in a variable or a profile; never from an option, because every user of a machine sees the options of every program.",
    "Certificates of a company that reads its traffic are trusted with --ca-file company.pem, APS_CA_FILE, ca_file in a profile, or NODE_EXTRA_CA_CERTS. What the operating system trusts is trusted too, where Node can read it.",
    "aps doctor says which proxy is used and what is wrong with it.",
  ]),
  journal: topic("Runs that were cut off, and how they go on", () => [
    "aps image create --from list.csv notes every step in list.csv.journal, on the disk before and after each request; one image has a journal with --journal. A run that was cut off, be it by kill -9, goes on with --resume, and makes nothing twice: what was made is not made again, a request whose answer was lost is looked for before anything is sent, what was refused is sent again, and what failed only with --retry-failed.",
    "A journal belongs to one list, one project and one endpoint, and to one run at a time. Another journal is another order: the same list is made a second time with it, unless --if-exists skips what is there.",
    "An image whose request can be neither found nor ruled out stays in doubt, and no later run sends it again. Look at the server and at the jobs that are named, and say what you found: aps image resolve <server-id> --journal list.csv.journal with --job-id or --not-started.",
    "Every week anew: put the date into the names, as in office-{date}, and give each run a journal of its own. {time}, {server} and {name} can stand there too; --time-zone says in which zone. When the runner of a job is killed, the same command with --resume goes on, and keeps the date of its first run.",
  ]),
  output: topic("Forms of output, fields, sorting, queries", () => [
    [
      ["table", "for people; fits the terminal unless --wide"],
      ["json", "one document and nothing else, also when the command fails"],
      ["jsonl", "each item of a list in a line, as JSON"],
      ["yaml", "the document as YAML"],
      ["csv, tsv", "items as lines, under the names of their fields unless --no-headers"],
      ["id, name", "one id or name in a line, for xargs"],
    ],
    "--fields id,status chooses fields, by their names on the wire, with dots for what is inside. --sort create_time sorts a list, --sort=-create_time the other way round. --where status=ACTIVE keeps what meets a condition: = and != with a pattern, < and > with a number, a time, or a duration for so long ago, as in create_time>7d. --query takes a JMESPath expression, which is applied to the document; a text that it finds is printed as it is.",
    "In every form but table, a list is complete; --limit and --offset take a part. Results go to the standard output, all else to the standard error: --quiet leaves only errors there, --debug adds every request without secrets, --log-format json makes an object of each line.",
  ]),
  regions: topic("The regions that are known", () => [
    "For another one, give --endpoint too.",
    regions.map((region): Row => [region, ""]),
  ]),
};

type Part = string | readonly Row[];

function topic(summary: string, parts: () => readonly Part[]): Topic {
  return {
    summary,
    text: (columns) =>
      `${[summary, ...parts()].map((part) => (typeof part === "string" ? wrap(part, columns).join("\n") : rows(part, columns))).join("\n\n")}\n`,
  };
}

function rows(part: readonly Row[], columns: number): string {
  const width = Math.max(...part.map(([term]) => term.length));
  // Where there is little room, what is said of a term stands below it.
  const start = columns < width + 30 ? 6 : width + 4;
  return part
    .flatMap(([term, text]) => {
      const lines = text === "" ? [] : wrap(text, Math.max(20, columns - start));
      if (start <= width)
        return [
          ...wrap(term, Math.max(20, columns - 2)).map((line) => `  ${line}`),
          ...lines.map((line) => " ".repeat(start) + line),
        ];
      return [`  ${term}`.padEnd(start) + (lines[0] ?? ""), ...lines.slice(1).map((line) => " ".repeat(start) + line)];
    })
    .map((line) => line.trimEnd())
    .join("\n");
}

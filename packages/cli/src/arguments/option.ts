/** An option of a command, whether it comes from the contract or belongs to this program. */
export interface Option {
  /** Its name in kebab case, without the hyphens. */
  readonly name: string;
  readonly alias?: string;
  /** One letter. */
  readonly short?: string;
  readonly type: "text" | "switch";
  readonly many?: boolean;
  /** What stands for the value in help, such as `<text>`. */
  readonly placeholder?: string;
  readonly about: string;
  readonly limit?: string;
  readonly required?: boolean;
  /** The values that are possible. */
  readonly values?: readonly string[];
  /** Whether the client judges its values, together with all else that is wrong with a request. */
  readonly isOfContract?: boolean;
  /** Values that are known, for completion; others are possible. */
  readonly suggested?: readonly string[];
  /** Whether `--no-<name>` exists too. */
  readonly negatable?: boolean;
}

/** Options that say where requests go, as whom, and how: any command that calls the service takes them. */
export const connectionOptions: readonly Option[] = [
  { name: "region", type: "text", placeholder: "<region>", about: "Region of the project." },
  { name: "project-id", type: "text", placeholder: "<id>", about: "Project. Looked up by region when left out." },
  {
    name: "endpoint",
    type: "text",
    placeholder: "<url>",
    about: "Another base URL of the service, such as an emulator.",
  },
  { name: "iam-endpoint", type: "text", placeholder: "<url>", about: "Another base URL of IAM." },
  {
    name: "profile",
    type: "text",
    placeholder: "<name>",
    about: "Take what is not given from this profile, and access keys from it and from nowhere else.",
  },
  {
    name: "proxy",
    type: "text",
    placeholder: "<url>",
    about: "Proxy for every request, or none. Default: HTTPS_PROXY and NO_PROXY, see aps help proxy.",
  },
  {
    name: "ca-file",
    type: "text",
    placeholder: "<file>",
    about: "Certificates (PEM) to trust beside the usual ones, such as your company's.",
  },
  {
    name: "request-timeout",
    type: "text",
    placeholder: "<duration>",
    about: "How long to wait for one answer.",
    limit: "default 60s",
  },
  {
    name: "retries",
    type: "text",
    placeholder: "<number>",
    about: "How often a request that is safe to repeat is sent again.",
    limit: "0 to 20; default 4",
  },
];

/** The first is that of a terminal. */
export const formats = ["table", "json", "jsonl", "yaml", "csv", "tsv", "id", "name"] as const;

/** How results are printed. */
export type Format = (typeof formats)[number];

/** How lines of the log are written. */
export const logFormats = ["text", "json"] as const;

/** Options that say what is printed: every command takes them. */
const outputOptions: readonly Option[] = [
  {
    name: "output",
    short: "o",
    type: "text",
    placeholder: "<format>",
    values: formats,
    limit: `one of ${formats.join(", ")}; default ${formats[0]}`,
    about: "How to print the result. json prints one document and nothing else.",
  },
  {
    name: "fields",
    type: "text",
    placeholder: "<name,..>",
    about: "Only these fields, by their names on the wire, such as id,status.",
  },
  {
    name: "sort",
    type: "text",
    placeholder: "<field>",
    about: "Sort a list by a field; with a hyphen before it, the other way round: --sort=-create_time.",
  },
  {
    name: "where",
    type: "text",
    many: true,
    placeholder: "<condition>",
    about:
      "Only items of a list that meet it, such as status=ACTIVE, name!=test-*, or 'create_time>7d' for the last seven days. May be repeated.",
  },
  {
    name: "query",
    type: "text",
    placeholder: "<expression>",
    about: "Print what this JMESPath finds in the document.",
  },
  { name: "no-headers", type: "switch", about: "No line of titles in table, csv and tsv." },
  { name: "wide", type: "switch", about: "Every column of a list, and nothing cut to the width of the terminal." },
  { name: "quiet", short: "q", type: "switch", about: "No progress and no notes; errors are kept." },
  { name: "debug", type: "switch", about: "Log every request, without secrets. Or APS_DEBUG=1." },
  {
    name: "log-format",
    type: "text",
    placeholder: "<format>",
    values: logFormats,
    limit: "one of text, json; default text",
    about: "How lines on the standard error are written; json makes an object of each.",
  },
];

/** Options that every command takes. */
export const commonOptions: readonly Option[] = [
  ...outputOptions,
  { name: "help", short: "h", type: "switch", about: "Show help." },
];

/** Options of commands that wait for a job. */
export const waitingOptions: readonly Option[] = [
  {
    name: "timeout",
    type: "text",
    placeholder: "<duration>",
    about: "How long to wait, such as 90s, 60m or 1h30m; 0 looks once.",
  },
  { name: "interval", type: "text", placeholder: "<duration>", about: "How often to look at the job, at least 1s." },
];

/** Options of commands that send a request. */
export const requestOptions: readonly Option[] = [
  { name: "dry-run", type: "switch", about: "Print the request and send nothing." },
  { name: "curl", type: "switch", about: "With --dry-run: print it as a signed curl command without secrets." },
];

/** Options of commands that take something away from users. */
export const careOptions: readonly Option[] = [
  { name: "yes", short: "y", type: "switch", about: "Do not ask before something is deleted." },
];

/** The environment variable that stands in for an option. */
export function variableOf(name: string): string {
  return `APS_${name.replaceAll("-", "_").toUpperCase()}`;
}

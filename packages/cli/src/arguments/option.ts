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
  /** Values that are known, for completion; others are possible. */
  readonly suggested?: readonly string[];
  /** Whether `--no-<name>` exists too. */
  readonly negatable?: boolean;
}

/** Options of the connection: any command that calls the service takes them. */
export const connectionOptions: readonly Option[] = [
  { name: "region", type: "text", placeholder: "<region>", about: "Region of the project." },
  { name: "project-id", type: "text", placeholder: "<id>", about: "Project. Looked up by region when left out." },
  {
    name: "endpoint",
    type: "text",
    placeholder: "<url>",
    about: "Another base URL of the service, such as an emulator.",
  },
  {
    name: "profile",
    type: "text",
    placeholder: "<section>",
    about: "Take access keys from this section of the profile file, and from nowhere else.",
  },
  { name: "iam-endpoint", type: "text", placeholder: "<url>", about: "Another base URL of IAM." },
];

/** The first is that of a terminal. */
const formats = ["table", "json"];

/** Options that every command takes. */
export const commonOptions: readonly Option[] = [
  {
    name: "output",
    short: "o",
    type: "text",
    placeholder: "<format>",
    values: formats,
    limit: `one of ${formats.join(", ")}; default ${formats[0]}`,
    about: "How to print the result. json prints one document and nothing else. Or APS_OUTPUT.",
  },
  { name: "help", short: "h", type: "switch", about: "Show help." },
];

/** Options of commands that wait for a job. */
export const waitingOptions: readonly Option[] = [
  { name: "timeout", type: "text", placeholder: "<duration>", about: "How long to wait, such as 90s, 60m or 1h30m." },
  { name: "interval", type: "text", placeholder: "<duration>", about: "How often to look at the job." },
];

/** Options of commands that send a request. */
export const requestOptions: readonly Option[] = [
  { name: "dry-run", type: "switch", about: "Print the request and send nothing." },
  { name: "curl", type: "switch", about: "With --dry-run: print it as a signed curl command without secrets." },
];

/** The environment variable that stands in for an option of the connection. */
export function variableOf(name: string): string {
  return `APS_${name.replaceAll("-", "_").toUpperCase()}`;
}

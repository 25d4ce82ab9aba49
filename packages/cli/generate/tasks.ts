import { fleetOptions } from "../src/arguments/fleet-options.ts";
import {
  careOptions,
  connectionOptions,
  type Option,
  requestOptions,
  waitingOptions,
} from "../src/arguments/option.ts";
import type { Command } from "../src/command.ts";
import { pipelineTasks } from "./pipeline-tasks.ts";
import { rolloutTasks } from "./rollout-tasks.ts";
import type { Task } from "./task.ts";

/** What `image create` can do beyond its operation. */
const imageCreateOptions: readonly Option[] = [
  { name: "wait", type: "switch", about: "Wait until the image is there, and print its id." },
  ...waitingOptions,
  {
    name: "from",
    type: "text",
    placeholder: "<file>",
    about:
      "Make an image of every server in this CSV or JSON file (server_id, name, description, execute_sysprep), or in one that aps server list has printed.",
  },
  {
    name: "servers",
    type: "text",
    placeholder: "<pattern>",
    about:
      "Make an image of every server whose name matches this pattern with * and ?; needs --journal, and a --name that differs, such as '{name}-{date}'.",
  },
  {
    name: "time-zone",
    type: "text",
    placeholder: "<zone>",
    about: "The zone of {date} and {time} in names, such as Asia/Shanghai. Default UTC.",
  },
  ...fleetOptions,
];

/** Commands besides those that call one operation. */
export const tasks: readonly Task[] = [
  {
    words: "image wait",
    summary: "Wait for jobs that make images",
    description:
      "Waits until the jobs have ended and prints the ids of their images. A job goes on whether or not anyone waits.",
    positionals: [{ name: "job-id", at: ["path", "job_id"], many: true, about: "Id of the job.", limit: "1 or more" }],
    options: [...waitingOptions, ...connectionOptions],
    examples: [["image", "wait", "697354472828968960", "--timeout", "30m"]],
  },
  {
    words: "image show",
    summary: "Show an image of the image service",
    description: "Shows an image of the image service, private or not.",
    positionals: [{ name: "image-id", at: [], many: false, about: "Id of the image.", limit: "" }],
    options: [...connectionOptions],
    examples: [["image", "show", "f5d443de-a623-4950-a74d-569fe63c1f7a"]],
  },
  {
    words: "image resolve",
    summary: "Write down what you found out about an image in doubt",
    description:
      "When a run could not tell whether an image was started, look at the server and its jobs, and say here what you found: the next run with --resume waits for that job, or sends the request again. Sends nothing.",
    positionals: [{ name: "server-id", at: [], many: false, about: "Server of the image in doubt.", limit: "" }],
    options: [
      { name: "journal", type: "text", placeholder: "<file>", about: "The journal of the run.", required: true },
      { name: "job-id", type: "text", placeholder: "<id>", about: "This job makes the image." },
      {
        name: "not-started",
        type: "switch",
        about: "Nothing was started: there is no such job, and the image is as it was.",
      },
    ],
    examples: [
      ["image", "resolve", "25b1dd14-0c84-4558-aa57-03a6c54b8e75", "--journal", "servers.csv.journal", "--not-started"],
    ],
  },
  ...pipelineTasks,
  ...rolloutTasks,
  {
    words: "job wait",
    summary: "Wait for jobs of any kind",
    description:
      "Waits until the jobs have ended and prints what they made: a server, an image. A job goes on whether or not anyone waits.",
    positionals: [{ name: "job-id", at: ["path", "job_id"], many: true, about: "Id of the job.", limit: "1 or more" }],
    options: [...waitingOptions, ...connectionOptions],
    examples: [["job", "wait", "697354472828968960", "--output", "json"]],
  },
  {
    words: "server-job wait",
    summary: "Wait for jobs of application servers",
    description:
      "Waits until the jobs have ended and says what became of each server. A job goes on whether or not anyone waits.",
    positionals: [{ name: "job-id", at: [], many: true, about: "Id of the job.", limit: "1 or more" }],
    options: [...waitingOptions, ...connectionOptions],
    examples: [["server-job", "wait", "575768277444198400"]],
  },
  {
    words: "error",
    summary: "Explain an error code, offline",
    description:
      "Says what an error code means, what to do about it, and whether the same request may be sent again. The list is that of the contract; a code that is missing is unknown. Without a code it lists them all.",
    positionals: [
      {
        name: "code",
        at: [],
        many: true,
        optional: true,
        about: "Error code of the service, the gateway, IAM or the image service, or an HTTP status.",
        limit: "",
      },
    ],
    options: [],
    examples: [["error", "APIGW.0301"]],
  },
  {
    words: "doctor",
    summary: "Say whether keys, network, clock and permissions are right",
    description:
      "Looks at what a command needs before it can work: where settings and keys come from and whose keys they are, the clock, the proxy, certificates, IAM, the service, and permissions. Changes nothing. Each line is ok, a warning, or wrong with the cure; the exit code is that of the first that is wrong.",
    positionals: [],
    options: [
      {
        name: "for",
        type: "text",
        placeholder: "<command>",
        about: 'Also say what this command needs, such as --for "image create". What only reads is tried.',
      },
      ...connectionOptions,
    ],
    examples: [["doctor"], ["doctor", "--for", "image create", "--output", "json"]],
  },
  {
    words: "configure",
    summary: "Write a profile: region, project, endpoint, output, keys",
    description:
      "Asks for what commands need to know, checks it with one request that changes nothing, and writes it: settings into the configuration file, keys into the credentials file of the vendor's SDKs, which then only you can read. Where nobody can be asked, it writes the options that are given, and no keys.",
    positionals: [],
    options: connectionOptions,
    examples: [["configure"], ["configure", "--profile", "office", "--region", "ap-southeast-1"]],
  },
  {
    words: "policy",
    summary: "Print the least IAM policy for operations",
    description:
      "Prints an IAM identity policy that allows the operations and what they depend on, and nothing else. Name an operation by its operationId, or a command by its words.",
    positionals: [{ name: "operation", at: [], many: true, about: "Operation or command.", limit: "1 or more" }],
    options: [],
    examples: [
      ["policy", "RecreateServerImage", "ShowImageJob"],
      ["policy", "image", "create", "image", "wait"],
    ],
  },
  {
    words: "emulator",
    summary: "Start the emulator of the service on this machine",
    description:
      "Starts the service in memory, for trying things without a cloud account. Its own options follow; see aps emulator --help.",
    positionals: [],
    options: [],
    examples: [["emulator", "--port", "4010", "--speed", "100"]],
  },
  {
    words: "completion",
    summary: "Print a completion script for a shell",
    description: "Prints a script that completes commands, options and their values.",
    positionals: [{ name: "shell", at: [], many: false, about: "The shell.", limit: "one of bash, zsh, fish" }],
    options: [],
    examples: [["completion", "bash"]],
  },
];

/** Options of a command that calls one operation, next to those that follow from the contract. */
export function operationOptions(command: Command): readonly Option[] {
  const own =
    command.words.join(" ") === "image create"
      ? imageCreateOptions
      : [
          ...(command.pagesBy === "offset" ? [allOption] : []),
          ...(command.readsOnly && command.view.list !== undefined ? watchOptions : []),
          ...(command.takesBody ? [bodyOption, skeletonOption] : []),
          ...(command.startsJob || command.serverJobKind !== undefined ? [waitOption, ...waitingOptions] : []),
          ...(command.takesAway ? careOptions : []),
        ];
  return [...own, ...requestOptions, ...connectionOptions];
}

const allOption: Option = {
  name: "all",
  type: "switch",
  about:
    "List everything, page by page. --limit is the size of a page then, 100 when left out. Programs (--output json and so on) get everything without it.",
};

const watchOptions: readonly Option[] = [
  { name: "watch", type: "switch", about: "Show the list again and again until Ctrl-C." },
  { name: "interval", type: "text", placeholder: "<duration>", about: "With --watch: how often. Default 5s." },
];

const skeletonOption: Option = {
  name: "skeleton",
  type: "switch",
  about: "Print a body to start from, for --body, and send nothing.",
};

const bodyOption: Option = {
  name: "body",
  type: "text",
  placeholder: "<file>",
  about: "Take the body from this JSON file, or from standard input with -. Options override what is in it.",
};

const waitOption: Option = {
  name: "wait",
  type: "switch",
  about: "Wait until the work has ended, and print what it made, or what became of each server.",
};

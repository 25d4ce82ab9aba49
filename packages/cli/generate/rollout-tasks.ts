import { careOptions, connectionOptions, type Option } from "../src/arguments/option.ts";
import type { Task } from "./task.ts";

const group = {
  name: "server-group-id",
  at: [],
  many: false,
  about: "Server group that gets the image.",
  limit: "",
} as const;

const what: readonly Option[] = [
  { name: "image", type: "text", placeholder: "<id>", about: "The image that the group and its servers get." },
  {
    name: "image-type",
    type: "text",
    placeholder: "<type>",
    values: ["private", "gold", "public", "shared", "other"],
    limit: "one of private, gold, public, shared, other; default private",
    about: "Where the image comes from.",
  },
  {
    name: "max-unavailable",
    type: "text",
    placeholder: "<number>",
    about: "How many servers may be out of service at once: a number, or a share such as 25%. Default 1.",
  },
  { name: "canary", type: "text", placeholder: "<number>", about: "How many servers go first, alone. Default 1." },
];

const how: readonly Option[] = [
  {
    name: "drain-timeout",
    type: "text",
    placeholder: "<duration>",
    about: "How long to wait for users to leave a server, before --at-timeout decides. Default 1h.",
  },
  {
    name: "at-timeout",
    type: "text",
    placeholder: "<what>",
    values: ["wait", "skip", "logoff"],
    limit: "one of wait, skip, logoff; default wait",
    about: "With users still on it: go on waiting, leave the server as it is, or log them off after a message.",
  },
  { name: "message", type: "text", placeholder: "<text>", about: "What users are told before they are logged off." },
  {
    name: "grace",
    type: "text",
    placeholder: "<duration>",
    about: "How long users have to save their work before they are logged off. Default 5m.",
  },
  {
    name: "max-failures",
    type: "text",
    placeholder: "<number>",
    about: "How many servers may fail before the rollout ends. Default 0.",
  },
  {
    name: "on-failure",
    type: "text",
    placeholder: "<what>",
    values: ["stop", "roll-back"],
    limit: "one of stop, roll-back; default stop",
    about: "What happens when too many have failed.",
  },
  { name: "interval", type: "text", placeholder: "<duration>", about: "How often to look at the group. Default 30s." },
  { name: "junit", type: "text", placeholder: "<file>", about: "Write the report as JUnit XML to this file too." },
];

const journal: Option = {
  name: "journal",
  type: "text",
  placeholder: "<file>",
  about: "Where every step is noted, so that a rollout that was cut off can go on.",
};

const plan: Option = {
  name: "plan",
  type: "text",
  placeholder: "<file>",
  about: "A plan that was written by rollout plan.",
};

const id = "bc05da52-89df-45ba-8146-13fe3ce7c45a";
const image = "f5d443de-a623-4950-a74d-569fe63c1f7a";

/** Commands that bring an image to the servers of a group. */
export const rolloutTasks: readonly Task[] = [
  {
    words: "rollout plan",
    summary: "Say what rolling an image out would do",
    description:
      "Looks at the group, its servers, its scaling policy and the image, and says what would be done with each server and what stands in the way. Changes nothing. With --plan, the plan is also written to a file for a reviewer, and for rollout start.",
    positionals: [group],
    options: [...what, plan, ...connectionOptions],
    examples: [["rollout", "plan", id, "--image", image, "--plan", "plan.json"]],
  },
  {
    words: "rollout start",
    summary: "Roll an image out to the servers of a group",
    description:
      "Gives the group the image, and moves its servers: each is drained, re-imaged once nobody is on it, checked, and put back into service. No user loses a session, unless --at-timeout logoff says so. Scaling is off meanwhile. Runs a plan from a file, or makes one and asks.",
    positionals: [{ ...group, optional: true }],
    options: [
      plan,
      ...what,
      {
        name: "approve",
        type: "switch",
        about: "Without a plan file: run the plan that is made now without asking.",
      },
      { ...journal, about: `${journal.about} Default: <plan>.journal, or <server-group-id>.journal.` },
      ...how,
      ...connectionOptions,
    ],
    examples: [
      ["rollout", "start", "--plan", "plan.json"],
      ["rollout", "start", id, "--image", image, "--max-unavailable", "25%", "--approve"],
    ],
  },
  {
    words: "rollout resume",
    summary: "Go on with a rollout that was cut off",
    description: "Goes on with what the journal and the world say. Nothing that may be under way is sent again.",
    positionals: [],
    options: [{ ...journal, required: true }, ...how, ...connectionOptions],
    examples: [["rollout", "resume", "--journal", "plan.json.journal"]],
  },
  {
    words: "rollout status",
    summary: "Show how far a rollout has come by its journal",
    description: "Reads the journal, also while a run writes to it. Sends nothing.",
    positionals: [],
    options: [{ ...journal, required: true }],
    examples: [["rollout", "status", "--journal", "plan.json.journal"]],
  },
  {
    words: "image prune",
    summary: "Delete old golden images that nothing uses",
    description:
      "Finds private images of the image service by their names, and shows which of them no server group, server or image server uses, and no other image is made from. Deletes those with --yes, or after asking. One in use is never deleted, nor are the newest.",
    positionals: [],
    options: [
      {
        name: "name",
        type: "text",
        placeholder: "<pattern>",
        about: "Names of golden images, with * and ?, such as 'office-*'.",
        required: true,
      },
      { name: "keep", type: "text", placeholder: "<number>", about: "How many of the newest to keep.", required: true },
      { name: "dry-run", type: "switch", about: "Only show what would be deleted." },
      ...careOptions,
      ...connectionOptions,
    ],
    examples: [["image", "prune", "--name", "office-*", "--keep", "3", "--dry-run"]],
  },
  {
    words: "rollout back",
    summary: "Go back to the image from before a rollout",
    description:
      "Gives the group the image from before, and moves back the servers that have the new one, in the same way. Broken servers are installed again.",
    positionals: [],
    options: [{ ...journal, required: true }, ...how, ...connectionOptions],
    examples: [["rollout", "back", "--journal", "plan.json.journal"]],
  },
];

import { connectionOptions } from "../src/arguments/option.ts";
import type { Task } from "./task.ts";

/** Commands that do the whole way from an image server to users. */
export const pipelineTasks: readonly Task[] = [
  {
    words: "pipeline run",
    summary: "Make an image, check it, roll it out and prune, from one file",
    description:
      "Does what a small YAML file says: makes an image of an image server, has a command of yours check it, plans what is done with each server group, waits for approval, rolls the image out to the groups, and deletes old images that nothing uses. Every step is noted in a folder, so that a run that ends at any moment goes on with --resume, and does nothing twice. schemas/golden.schema.json of this package describes the file, for editors too.",
    positionals: [{ name: "file", at: [], many: false, about: "The file, such as golden.yaml.", limit: "" }],
    options: [
      {
        name: "journal",
        type: "text",
        placeholder: "<folder>",
        about:
          "Folder for the journals of the run, one of each step; those of groups are for rollout status and back too. Default: <file>.run.",
      },
      { name: "resume", type: "switch", about: "Go on with the run of the folder." },
      {
        name: "approve",
        type: "switch",
        about: "Give the image to users, and prune, without asking; with --resume as the plans say that were shown.",
      },
      {
        name: "until",
        type: "text",
        placeholder: "<step>",
        values: ["image", "verify", "plan"],
        limit: "one of image, verify, plan",
        about: "End well after this step.",
      },
      { name: "retry-failed", type: "switch", about: "With --resume: try an image again that has failed." },
      {
        name: "dry-run",
        type: "switch",
        about: "Look at the image server, the groups and old images, and say what would be done. Changes nothing.",
      },
      {
        name: "junit",
        type: "text",
        placeholder: "<file>",
        about: "Write what became of each server as JUnit XML to this file too.",
      },
      ...connectionOptions,
    ],
    examples: [
      ["pipeline", "run", "golden.yaml", "--dry-run"],
      ["pipeline", "run", "golden.yaml"],
      ["pipeline", "run", "golden.yaml", "--resume", "--approve"],
    ],
  },
];

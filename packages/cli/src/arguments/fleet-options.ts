import type { Option } from "./option.ts";

/** Options of `image create` that go with a list. */
export const fleetOptions: readonly Option[] = [
  {
    name: "concurrency",
    type: "text",
    placeholder: "<number>",
    about: "With --from: images in work at the same time. Default 10.",
  },
  {
    name: "journal",
    type: "text",
    placeholder: "<file>",
    about:
      "Where every step is noted, so that a run that was cut off can go on; for one image too, which is waited for then. Default with --from: <list>.journal.",
  },
  {
    name: "if-exists",
    type: "text",
    placeholder: "<what>",
    values: ["fail", "skip", "make"],
    limit: "one of fail, skip, make; default make",
    about:
      "What to do where the image service has an image of the name already. When this is left out, only a note says that it is there.",
  },
  { name: "resume", type: "switch", about: "With --from or --journal: go on where the journal ends." },
  {
    name: "check",
    type: "switch",
    about:
      "With --from or --journal: first look whether every server is there and ready, and start nothing unless all are. With --dry-run: only look.",
  },
  {
    name: "max-failures",
    type: "text",
    placeholder: "<number>",
    about: "With --from: begin no further image after so many have failed or were refused.",
  },
  {
    name: "rate",
    type: "text",
    placeholder: "<number>",
    about: "With --from: start at most so many images in a minute.",
  },
  { name: "retry-failed", type: "switch", about: "With --resume: also try again what was refused or has failed." },
  {
    name: "junit",
    type: "text",
    placeholder: "<file>",
    about: "With --from or --journal: write the summary as JUnit XML to this file too.",
  },
];

/** Nouns in the order in which people need them. */
const nouns = [
  "image",
  "pipeline",
  "rollout",
  "group",
  "app-server",
  "server-job",
  "server-sub-job",
  "app-group",
  "session",
  "scaling",
  "server",
  "job",
  "sub-job",
  "doctor",
  "configure",
  "error",
  "policy",
  "emulator",
  "completion",
];

/** Sorts commands by their nouns, and leaves the commands of one noun in their order. */
export function byNoun(a: { readonly words: string }, b: { readonly words: string }): number {
  return rank(a.words) - rank(b.words);
}

function rank(words: string): number {
  const position = nouns.indexOf(words.split(" ")[0] ?? "");
  return position === -1 ? nouns.length : position;
}

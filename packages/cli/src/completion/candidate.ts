/** A word that may come next. */
export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/** What may come next: words, or the name of a file. */
export type Candidates = readonly Candidate[] | "files";

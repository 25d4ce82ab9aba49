/** Where images are made: one project of one region, in one account. */
export interface Place {
  /** A name of yours for the account, which chooses its keys. Empty where there is one account. */
  readonly account: string;
  readonly region: string;
  readonly projectId: string;
}

/** One text for a place, as a key of a queue. */
export function placeKey({ account, region, projectId }: Place): string {
  return `${account}/${region}/${projectId}`;
}

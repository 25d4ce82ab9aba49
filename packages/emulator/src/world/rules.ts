import { type Fields, hold, isFlag, isOneOf, needed } from "../faults/check.ts";

/** How the service behaves where its documents leave it open, or where the ordinary emulator is kinder than it. */
export interface Rules {
  /** Whether a key is locked for five minutes after more than five wrong signatures in a row. Default: false. */
  readonly lockKeys: boolean;
  /**
   * What becomes of a request for an image whose name an image of the project has, or one that is being made:
   * `allowed`; `refused` with 400; or accepted and `failed` in its job, with the code of the image service (IMG.0009).
   * Default: allowed.
   */
  readonly takenNames: "allowed" | "refused" | "failed";
  /** The state that an image server is in after an image could not be made. Default: BUILT. */
  readonly afterFailedImage: "BUILT" | "ACTIVE" | "ERROR";
}

/** The rules of an ordinary emulator. */
const defaultRules: Rules = { lockKeys: false, takenNames: "allowed", afterFailedImage: "BUILT" };

/** What a rule decides, for whoever asks what there is, and an example. */
export const aboutRules: Readonly<Record<keyof Rules, { readonly says: string; readonly example: Partial<Rules> }>> = {
  lockKeys: {
    says: "a key is locked for five minutes after more than five wrong signatures in a row: true or false",
    example: { lockKeys: true },
  },
  takenNames: {
    says: "an image whose name is taken: allowed, refused with 400, or failed in its job",
    example: { takenNames: "refused" },
  },
  afterFailedImage: {
    says: "the state of an image server after an image could not be made: BUILT, ACTIVE or ERROR",
    example: { afterFailedImage: "ERROR" },
  },
};

const fields: Fields = {
  lockKeys: needed("true or false", isFlag),
  takenNames: needed("allowed, refused or failed", isOneOf(["allowed", "refused", "failed"])),
  afterFailedImage: needed("BUILT, ACTIVE or ERROR", isOneOf(["BUILT", "ACTIVE", "ERROR"])),
};

/**
 * The rules that hold when some are given.
 *
 * @throws InvalidInput that names the rule and what it can be.
 */
export function rulesOf(given: Partial<Rules> = {}): Rules {
  const rules = { ...defaultRules, ...given };
  hold("rules", rules, fields);
  return rules;
}

import { type Fields, hold, isFlag, isNumber, isOneOf, needed } from "../check-fields.ts";

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
  /**
   * What becomes of a request for an image where the project has as many private images as its quota allows, with those that
   * are being made: `refused` with 400; accepted and `failed` in its job; or `allowed`. Default: refused.
   */
  readonly fullQuota: "refused" | "failed" | "allowed";
  /** The state that an image server is in after an image could not be made. Default: BUILT. */
  readonly afterFailedImage: "BUILT" | "ACTIVE" | "ERROR";
  /** How long after its machine runs again the agent of a server registers, in milliseconds. Default: 0, at once. */
  readonly registerAfterMs: number;
  /** What re-imaging a server does to the sessions on it: `end` them, or it is `refused` with 409. Default: end. */
  readonly sessionsAtReimage: "end" | "refused";
  /** Whether a server must be in maintenance mode to be re-imaged. Default: false. */
  readonly reimageNeedsMaintenance: boolean;
  /** Whether a server may be given another image than that of its group: `allowed`, or `refused`. Default: allowed. */
  readonly otherImages: "allowed" | "refused";
  /** Whether the maintenance mode of a server is `kept` or `reset` when it is re-imaged. Default: kept. */
  readonly maintenanceAfterReimage: "kept" | "reset";
  /** What a server is after it could not be re-imaged: `broken`, or `unchanged` with its old image. Default: broken. */
  readonly afterFailedReimage: "broken" | "unchanged";
  /** Whether automatic scaling also deletes idle servers that are in maintenance mode. Default: false. */
  readonly scalingTakesDrained: boolean;
  /** Whether an image that a server group or server uses can be deleted: `refused`, or `allowed`. Default: refused. */
  readonly usedImages: "refused" | "allowed";
}

/** The rules of an ordinary emulator. */
const defaultRules: Rules = {
  lockKeys: false,
  takenNames: "allowed",
  fullQuota: "refused",
  afterFailedImage: "BUILT",
  registerAfterMs: 0,
  sessionsAtReimage: "end",
  reimageNeedsMaintenance: false,
  otherImages: "allowed",
  maintenanceAfterReimage: "kept",
  afterFailedReimage: "broken",
  scalingTakesDrained: false,
  usedImages: "refused",
};

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
  fullQuota: {
    says: "an image that is one more than the quota allows: refused with 400, failed in its job, or allowed",
    example: { fullQuota: "failed" },
  },
  afterFailedImage: {
    says: "the state of an image server after an image could not be made: BUILT, ACTIVE or ERROR",
    example: { afterFailedImage: "ERROR" },
  },
  registerAfterMs: {
    says: "milliseconds after its machine runs again until the agent of an application server registers",
    example: { registerAfterMs: 120_000 },
  },
  sessionsAtReimage: {
    says: "what re-imaging a server does to the sessions on it: end them, or it is refused with 409",
    example: { sessionsAtReimage: "refused" },
  },
  reimageNeedsMaintenance: {
    says: "whether a server must be in maintenance mode to be re-imaged: true or false",
    example: { reimageNeedsMaintenance: true },
  },
  otherImages: {
    says: "a server that shall get another image than that of its group: allowed or refused",
    example: { otherImages: "refused" },
  },
  maintenanceAfterReimage: {
    says: "the maintenance mode of a server that is re-imaged: kept or reset",
    example: { maintenanceAfterReimage: "reset" },
  },
  afterFailedReimage: {
    says: "a server that could not be re-imaged: broken, or unchanged with its old image",
    example: { afterFailedReimage: "unchanged" },
  },
  scalingTakesDrained: {
    says: "whether automatic scaling also deletes idle servers in maintenance mode: true or false",
    example: { scalingTakesDrained: true },
  },
  usedImages: {
    says: "an image in use that shall be deleted: refused or allowed",
    example: { usedImages: "allowed" },
  },
};

const fields: Fields = {
  lockKeys: needed("true or false", isFlag),
  takenNames: needed("allowed, refused or failed", isOneOf(["allowed", "refused", "failed"])),
  fullQuota: needed("refused, failed or allowed", isOneOf(["refused", "failed", "allowed"])),
  afterFailedImage: needed("BUILT, ACTIVE or ERROR", isOneOf(["BUILT", "ACTIVE", "ERROR"])),
  registerAfterMs: needed("milliseconds", isNumber),
  sessionsAtReimage: needed("end or refused", isOneOf(["end", "refused"])),
  reimageNeedsMaintenance: needed("true or false", isFlag),
  otherImages: needed("allowed or refused", isOneOf(["allowed", "refused"])),
  maintenanceAfterReimage: needed("kept or reset", isOneOf(["kept", "reset"])),
  afterFailedReimage: needed("broken or unchanged", isOneOf(["broken", "unchanged"])),
  scalingTakesDrained: needed("true or false", isFlag),
  usedImages: needed("refused or allowed", isOneOf(["refused", "allowed"])),
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

import { type Fields, hold, isFlag, isNumber, isOneOf, needed } from "../check-fields.ts";

/** The states that an image server may be in after an image could not be made, the usual one first. */
export const statesAfterFailedImage = ["BUILT", "ACTIVE", "ERROR"] as const;

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
  readonly afterFailedImage: (typeof statesAfterFailedImage)[number];
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

/** What there is to say of one rule. */
interface RuleFacts<Value> {
  /** What it decides. */
  readonly says: string;
  /** Its values, the usual one first; or what a number of it counts. */
  readonly values: readonly Value[] | "milliseconds";
  readonly example: Value;
}

const yesOrNo = [false, true] as const;

const facts: { readonly [Name in keyof Rules]: RuleFacts<Rules[Name]> } = {
  lockKeys: {
    says: "a key is locked for five minutes after more than five wrong signatures in a row: true or false",
    values: yesOrNo,
    example: true,
  },
  takenNames: {
    says: "an image whose name is taken: allowed, refused with 400, or failed in its job",
    values: ["allowed", "refused", "failed"],
    example: "refused",
  },
  fullQuota: {
    says: "an image that is one more than the quota allows: refused with 400, failed in its job, or allowed",
    values: ["refused", "failed", "allowed"],
    example: "failed",
  },
  afterFailedImage: {
    says: "the state of an image server after an image could not be made: BUILT, ACTIVE or ERROR",
    values: statesAfterFailedImage,
    example: "ERROR",
  },
  registerAfterMs: {
    says: "milliseconds after its machine runs again until the agent of an application server registers",
    values: "milliseconds",
    example: 120_000,
  },
  sessionsAtReimage: {
    says: "what re-imaging a server does to the sessions on it: end them, or it is refused with 409",
    values: ["end", "refused"],
    example: "refused",
  },
  reimageNeedsMaintenance: {
    says: "whether a server must be in maintenance mode to be re-imaged: true or false",
    values: yesOrNo,
    example: true,
  },
  otherImages: {
    says: "a server that shall get another image than that of its group: allowed or refused",
    values: ["allowed", "refused"],
    example: "refused",
  },
  maintenanceAfterReimage: {
    says: "the maintenance mode of a server that is re-imaged: kept or reset",
    values: ["kept", "reset"],
    example: "reset",
  },
  afterFailedReimage: {
    says: "a server that could not be re-imaged: broken, or unchanged with its old image",
    values: ["broken", "unchanged"],
    example: "unchanged",
  },
  scalingTakesDrained: {
    says: "whether automatic scaling also deletes idle servers in maintenance mode: true or false",
    values: yesOrNo,
    example: true,
  },
  usedImages: {
    says: "an image in use that shall be deleted: refused or allowed",
    values: ["refused", "allowed"],
    example: "allowed",
  },
};

const names = Object.keys(facts) as readonly (keyof Rules)[];

/** The rules of an ordinary emulator. */
const defaultRules = ofEach(({ values }) => (values === "milliseconds" ? 0 : values[0])) as Rules;

/** What a rule decides, for whoever asks what there is, and an example. */
export const aboutRules = ofEach(({ says, example }, name) => ({ says, example: { [name]: example } })) as Readonly<
  Record<keyof Rules, { readonly says: string; readonly example: Partial<Rules> }>
>;

const fields = ofEach(fieldOf) as Fields;

function ofEach(make: (facts: RuleFacts<unknown>, name: keyof Rules) => unknown): object {
  return Object.fromEntries(names.map((name) => [name, make(facts[name], name)]));
}

function fieldOf({ values }: RuleFacts<unknown>): Fields[string] {
  if (values === "milliseconds") return needed(values, isNumber);
  if (values === yesOrNo) return needed("true or false", isFlag);
  const texts = values as readonly string[];
  return needed(`${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`, isOneOf(texts));
}

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

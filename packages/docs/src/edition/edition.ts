import english from "@workspace-aps/spec/openapi.json" with { type: "json" };
import chinese from "@workspace-aps/spec/openapi.zh-CN.json" with { type: "json" };
import type { Contract } from "../contract/document.ts";
import { type OperationView, viewOperations } from "../contract/operations.ts";
import { type Language, languages, linkIn } from "./language.ts";

/** The site in one language: the contract with its prose in that language, and where its pages are. */
export interface Edition {
  readonly language: Language;
  readonly locale: string | undefined;
  readonly contract: Contract;
  readonly operations: readonly OperationView[];
  /** The path of a page of this edition, such as `/zh-cn/jobs/` of `/jobs/`. */
  link(path: string): string;
}

const contracts: Readonly<Record<Language, unknown>> = { en: english, "zh-CN": chinese };

/** Every edition of the site. */
export const editions: readonly Edition[] = languages.map(({ tag, locale }) => {
  const contract = contracts[tag] as Contract;
  return {
    language: tag,
    locale,
    contract,
    operations: viewOperations(contract, tag),
    link: (path) => linkIn(tag, path),
  };
});

/** The edition in English, for what is the same in all: names, paths and examples. */
export const englishEdition = editions[0] as Edition;

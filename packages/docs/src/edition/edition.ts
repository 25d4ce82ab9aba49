import englishImages from "@workspace-aps/spec/ims.json" with { type: "json" };
import chineseImages from "@workspace-aps/spec/ims.zh-CN.json" with { type: "json" };
import english from "@workspace-aps/spec/openapi.json" with { type: "json" };
import chinese from "@workspace-aps/spec/openapi.zh-CN.json" with { type: "json" };
import type { Contract, Service, ServiceDocument } from "../contract/document.ts";
import { type OperationView, viewOperations } from "../contract/operations.ts";
import { type Language, languages, linkIn } from "./language.ts";

/** The site in one language: the contract with its prose in that language, and where its pages are. */
export interface Edition {
  readonly language: Language;
  readonly locale: string | undefined;
  /** The document of Application Streaming, with the errors, jobs and sources of all. */
  readonly contract: Contract;
  /** The documents by service, in the order in which their operations are shown. */
  readonly documents: Readonly<Record<Service, ServiceDocument>>;
  /** The operations of all services. */
  readonly operations: readonly OperationView[];
  /** The groups of all operations, in the order in which they are shown. */
  readonly groups: readonly OperationGroup[];
  /** The path of a page of this edition, such as `/zh-cn/jobs/` of `/jobs/`. */
  link(path: string): string;
}

/** Operations that are about the same things. */
export interface OperationGroup {
  readonly title: string;
  readonly operations: readonly OperationView[];
}

const contracts: Readonly<Record<Language, Readonly<Record<Service, unknown>>>> = {
  en: { streaming: english, images: englishImages },
  "zh-CN": { streaming: chinese, images: chineseImages },
};

/** Every edition of the site. */
export const editions: readonly Edition[] = languages.map(({ tag, locale }) => {
  const documents = contracts[tag] as Edition["documents"];
  const services = Object.entries(documents) as [Service, ServiceDocument][];
  const operations = services.flatMap(([service, document]) => viewOperations(service, document, tag));
  return {
    language: tag,
    locale,
    contract: documents.streaming as Contract,
    documents,
    operations,
    groups: services
      .flatMap(([, { tags }]) => tags)
      .map((group) => ({
        title: group["x-displayName"],
        operations: operations.filter((operation) => operation.tag === group.name),
      })),
    link: (path) => linkIn(tag, path),
  };
});

/** The edition in English, for what is the same in all: names, paths and examples. */
export const englishEdition = editions[0] as Edition;

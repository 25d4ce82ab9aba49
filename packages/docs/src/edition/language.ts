/** A language of the site, by its tag. */
export type Language = "en" | "zh-CN";

/** The languages of the site, the one without a prefix first. */
export const languages: readonly {
  readonly tag: Language;
  /** The first part of the paths of its pages. */
  readonly locale: string | undefined;
  readonly label: string;
}[] = [
  { tag: "en", locale: undefined, label: "English" },
  { tag: "zh-CN", locale: "zh-cn", label: "简体中文" },
];

/** The locale of a page, by its id or path: `zh-cn` of `zh-cn/jobs`, undefined of `jobs`. */
export function localeOf(id: string): string | undefined {
  return languages.find(({ locale }) => locale !== undefined && new RegExp(`^/?${locale}(/|$)`).test(id))?.locale;
}

/** The same path on a site that is published under a path of its host: for scripts, as `build/base.ts` does it for files. */
export function onSite(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, "")}${path}`;
}

/** A path of the site as it would be at the root of its host. */
export function atRoot(path: string): string {
  return path.replace(new RegExp(`^${import.meta.env.BASE_URL.replace(/\/$/, "")}/`), "/");
}

/** The path of a page in a language, such as `/zh-cn/jobs/` of `/jobs/`. */
export function linkIn(language: Language, path: string): string {
  const locale = languages.find(({ tag }) => tag === language)?.locale;
  return locale === undefined ? path : `/${locale}${path}`;
}

/** The same words in every language; all languages must have the same ones. */
export function inEveryLanguage<Words>(words: { en: Words } & Record<Exclude<Language, "en">, NoInfer<Words>>) {
  return words as Readonly<Record<Language, Words>>;
}

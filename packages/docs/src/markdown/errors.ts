import type { ErrorCode } from "../contract/document.ts";
import { errorPath } from "../contract/error-path.ts";
import type { Edition } from "../edition/edition.ts";
import { errorWords } from "../words/errors.ts";
import { code, type Page, table } from "./page.ts";

/** An overview of every error code, and a page for each. */
export function errorPages(edition: Edition): Page[] {
  const byCode = new Map<string, ErrorCode[]>();
  for (const row of edition.contract["x-aps-error-codes"]) byCode.set(row.code, [...(byCode.get(row.code) ?? []), row]);
  const pages = [...byCode].map(([errorCode, those]) => errorPage(edition, errorCode, those));
  return [overview(edition, byCode.size), ...pages];
}

function overview(edition: Edition, count: number): Page {
  const words = errorWords[edition.language];
  const sections = Object.entries(words.origins).map(([origin, title]) => {
    const those = edition.contract["x-aps-error-codes"].filter((row) => row.origin === origin);
    const lines = those.map((row) => [
      `[${code(row.code)}](${edition.link(errorPath(row.code))})`,
      row.status === "unknown" ? words.unknown : String(row.status),
      row.meaning,
      row.retryable ? words.yes : words.no,
    ]);
    return `## ${title}\n\n${table([words.code, words.status, words.meaning, words.repeat], lines)}`;
  });
  const body = [words.match, words.repeating, ...sections].join("\n\n");
  return { id: "errors", title: words.title, description: words.description(count), body };
}

function errorPage(edition: Edition, errorCode: string, those: readonly ErrorCode[]): Page {
  const { language, contract, operations, link } = edition;
  const words = errorWords[language];
  const cases = those.map(({ status, meaning, remedy, retryable, origin, source, confidence }) =>
    [
      `## ${status === "unknown" ? words.statusUnknown : words.statusOf(String(status))}`,
      words.bold(words.meaning, meaning),
      words.bold(words.remedy, remedy),
      words.bold(words.repeat, retryable ? words.mayRepeat : words.mustNotRepeat),
      words.from(
        words.origins[origin],
        contract["x-aps-sources"][source]?.title ?? source,
        words.confidence[confidence],
      ),
    ].join("\n\n"),
  );
  const statuses = new Set(those.map(({ status }) => String(status)));
  const answering = operations.filter((operation) => operation.responses.some(({ status }) => statuses.has(status)));
  const links = answering.map(({ summary, slug }) => `- [${summary}](${link(`/reference/${slug}/`)})`);
  const body = [
    ...cases,
    ...(links.length === 0 ? [] : [`## ${words.answering}\n\n${links.join("\n")}`]),
    `[${words.all}](${link("/errors/")})`,
  ].join("\n\n");
  return { id: errorPath(errorCode).slice(1, -1), title: errorCode, description: those[0]?.meaning ?? "", body };
}

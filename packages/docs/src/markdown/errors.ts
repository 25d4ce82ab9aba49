import { answersCalls, unreadCode } from "../contract/answers.ts";
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
  const { language, contract, link } = edition;
  const words = errorWords[language];
  const cases = those.map(({ status, meaning, causes, remedy, retryable, origin, source, confidence }) =>
    [
      `## ${status === "unknown" ? words.statusUnknown : words.statusOf(String(status))}`,
      words.bold(causes === undefined ? words.meaningAndCause : words.meaning, meaning),
      ...(causes === undefined ? [] : [words.bold(words.causes, causes)]),
      words.bold(words.remedy, remedy),
      words.bold(words.repeat, retryable ? words.mayRepeat : words.mustNotRepeat),
      words.from(
        words.origins[origin],
        contract["x-aps-sources"][source]?.title ?? source,
        words.confidence[confidence],
      ),
    ].join("\n\n"),
  );
  const title = errorCode === unreadCode ? words.unread : errorCode;
  const body = [
    ...cases,
    `## ${words.answering}`,
    ...whereSeen(edition, those),
    `[${words.all}](${link("/errors/")})`,
  ].join("\n\n");
  return { id: errorPath(errorCode).slice(1, -1), title, description: those[0]?.meaning ?? "", body };
}

/** Which calls answer with a code, as far as it is known. */
function whereSeen({ language, operations, groups, link }: Edition, those: readonly ErrorCode[]): string[] {
  const words = errorWords[language];
  const origins = new Set(those.map(({ origin }) => origin));
  if (origins.has("iam")) return [words.seenInIam(link("/guides/authentication/"))];
  if (those.some(({ status }) => status === "unknown")) return [words.seenUnknown];
  const inJobs = origins.has("image-service")
    ? [words.seenInJobs(link("/reference/show-image-job/"), link("/jobs/"))]
    : [];
  const answering = operations.filter(({ service, responses }) =>
    those.some((row) => answersCalls(row, service) && responses.some(({ status }) => status === String(row.status))),
  );
  if (answering.length === operations.length) return [words.seenEverywhere];
  if (answering.length === 0) return [words.seenNowhere];
  const inGroups = groups.flatMap((group) => {
    const links = group.operations
      .filter((operation) => answering.includes(operation))
      .map(({ summary, slug }) => `[${summary}](${link(`/reference/${slug}/`)})`);
    return links.length === 0 ? [] : [`- ${words.inGroup(group.title, links)}`];
  });
  return [...inJobs, words.seenIn, inGroups.join("\n")];
}

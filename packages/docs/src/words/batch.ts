import { inEveryLanguage } from "../edition/language.ts";

/** The names of the fields of an entry. */
type Names = Readonly<Record<"items" | "id" | "jobId" | "errorCode" | "errorMessage", string>>;

/** The words about calls that take several ids. */
export const batchWords = inEveryLanguage({
  en: {
    title: "What was started, and what was refused",
    split: (ids: string, limits: readonly string[]) =>
      `One call takes several ids in \`${ids}\`: ${limits.join(", ")}. Split a longer list into several calls, as \`runBatch\` of the client does.`,
    each: ({ items, id, jobId, errorCode, errorMessage }: Names) =>
      `A success does not mean that everything was started. \`${items}\` has an entry for each id, by \`${id}\`: one with \`${jobId}\` was started, and one with \`${errorCode}\` was refused, for the reason in \`${errorMessage}\`.`,
    silent:
      "The answer does not tell the ids apart. When only some could be done, it is unknown what became of each: look at each of them.",
    outcome: "What became of it",
    made: "started, job",
    refused: "refused,",
  },
  "zh-CN": {
    title: "哪些已启动，哪些被拒绝",
    split: (ids, limits) =>
      `一次调用在 \`${ids}\` 中接受多个 ID：${limits.join("，")}。更长的列表请分多次调用，客户端的 \`runBatch\` 就是这样做的。`,
    each: ({ items, id, jobId, errorCode, errorMessage }) =>
      `成功的响应不表示全部已启动。\`${items}\` 按 \`${id}\` 为每个 ID 给出一项：带有 \`${jobId}\` 的已启动，带有 \`${errorCode}\` 的被拒绝，原因在 \`${errorMessage}\` 中。`,
    silent: "响应不区分各个 ID。只能完成一部分时，每个 ID 的结果未知：请逐个查询。",
    outcome: "结果",
    made: "已启动，任务",
    refused: "被拒绝，",
  },
});

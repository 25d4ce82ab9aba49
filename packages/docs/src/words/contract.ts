import { inEveryLanguage } from "../edition/language.ts";

/** The words of the pages about the contract itself. */
export const contractWords = inEveryLanguage({
  en: {
    title: "Download the contract",
    description: "OpenAPI 3.1 as YAML and JSON.",
    intro: (version: string, redoc: string) =>
      `OpenAPI 3.1, version ${version}, in one file each and with nothing left out. [The whole contract on one page](${redoc}).`,
    file: "File",
    what: "What",
    files: {
      "openapi.yaml": "The contract, as YAML",
      "openapi.json": "The contract, as JSON",
      "openapi.zh-CN.json": "The contract with its prose in Simplified Chinese, as JSON",
      "iam.yaml": "The calls of IAM that give a token and find a project, as YAML",
      "iam.json": "The same, as JSON",
      "ims.yaml": "The calls of the image service around golden images, as YAML",
      "ims.json": "The same, as JSON",
      "ims.zh-CN.json": "The same with its prose in Simplified Chinese, as JSON",
      "edge-cases.json": "Values at the edge of every limit: those that pass, and those that do not",
    },
    extensions:
      "Facts that OpenAPI has no field for are in extensions that begin with `x-aps-`: permissions, states, jobs, sources, and what the vendor's documents get wrong.",
    twins: (llms: string) =>
      `Each page of this site is also there as Markdown: put \`.md\` in the place of the last slash. [\`llms.txt\`](${llms}) lists them all.`,
    quirks: {
      title: "What the vendor's documents get wrong",
      description: "Contradictions and gaps, each with a decision and its reason.",
      intro: (count: number) =>
        `${count} places where the vendor's documents contradict each other or surprise, what the contract decided, and why.`,
      hosts: "Hosts",
      says: "The documents:",
      decided: "Here:",
      because: "Why:",
    },
    changelog: {
      title: "Changes of the contract",
      description: "Version by version.",
      none: (version: string) => `No version has been released yet. The next one is ${version}.`,
    },
  },
  "zh-CN": {
    title: "下载契约",
    description: "YAML 和 JSON 格式的 OpenAPI 3.1。",
    intro: (version, redoc) =>
      `OpenAPI 3.1，版本 ${version}，每种格式一个文件，没有省略。[单页查看整个契约](${redoc})。`,
    file: "文件",
    what: "内容",
    files: {
      "openapi.yaml": "契约，YAML 格式",
      "openapi.json": "契约，JSON 格式",
      "openapi.zh-CN.json": "文字为简体中文的契约，JSON 格式",
      "iam.yaml": "获取 Token 和查询项目的 IAM 接口，YAML 格式",
      "iam.json": "同上，JSON 格式",
      "ims.yaml": "与黄金镜像有关的镜像服务接口，YAML 格式",
      "ims.json": "同上，JSON 格式",
      "ims.zh-CN.json": "同上，文字为简体中文，JSON 格式",
      "edge-cases.json": "每个限制边缘的值：能通过的和不能通过的",
    },
    extensions:
      "OpenAPI 没有对应字段的事实放在以 `x-aps-` 开头的扩展中：权限、状态、任务、来源，以及厂商文档中的问题。",
    twins: (llms) => `本站每个页面都有 Markdown 版本：把最后的斜杠换成 \`.md\`。[\`llms.txt\`](${llms}) 列出全部页面。`,
    quirks: {
      title: "厂商文档中的问题",
      description: "矛盾和缺漏，以及各自的取舍和原因。",
      intro: (count) => `厂商文档自相矛盾或出人意料的 ${count} 处，契约如何取舍，以及原因。`,
      hosts: "主机名",
      says: "文档：",
      decided: "此处：",
      because: "原因：",
    },
    changelog: {
      title: "契约的变更",
      description: "按版本列出。",
      none: (version) => `尚未发布任何版本。下一个版本是 ${version}。`,
    },
  },
});

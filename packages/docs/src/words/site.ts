import { inEveryLanguage } from "../edition/language.ts";

/** The words around the pages: the title and the names of their groups. */
export const siteWords = inEveryLanguage({
  en: {
    title: "Application Streaming images",
    description:
      "Reference and guides for golden images of Huawei Cloud Workspace Application Streaming, from the image to its users. Unofficial.",
    about:
      "Reference and guides for making golden images of Huawei Cloud Workspace Application Streaming and bringing them to the servers of its users: the contract, a TypeScript client, a command line and an emulator. Unofficial.",
    start: "Start",
    guides: "Guides",
    lookUp: "Look up",
    jobs: "Jobs and states",
    errors: "Error codes",
    permissions: "Permissions",
    regions: "Regions and endpoints",
    limits: "Limits",
    quirks: "What the vendor's documents get wrong",
    contract: "The contract",
    download: "Download",
    onOnePage: "On one page (Redoc)",
    changes: "Changes",
    operations: "Operations",
    colon: ": ",
    otherLanguage: "In Simplified Chinese",
    asMarkdown: "This page as Markdown",
  },
  "zh-CN": {
    title: "应用流镜像",
    description: "华为云云办公应用流黄金镜像的接口参考和指南，从制作镜像到交给用户。非官方。",
    about:
      "为华为云云办公应用流制作黄金镜像，并把它送到用户所用的服务器：接口参考和指南、契约、TypeScript 客户端、命令行和模拟器。非官方。",
    start: "开始",
    guides: "指南",
    lookUp: "查阅",
    jobs: "任务和状态",
    errors: "错误码",
    permissions: "权限",
    regions: "区域和终端节点",
    limits: "限制",
    quirks: "厂商文档中的问题",
    contract: "契约",
    download: "下载",
    onOnePage: "单页（Redoc）",
    changes: "变更",
    operations: "操作",
    colon: "：",
    otherLanguage: "英文版",
    asMarkdown: "此页面的 Markdown 版本",
  },
});

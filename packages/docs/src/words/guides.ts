import { inEveryLanguage } from "../edition/language.ts";

/** The titles of the guides, by the names of their files, in the order in which to read them. */
export const guideWords = inEveryLanguage({
  en: {
    "first-image": "First image in five minutes",
    authentication: "Authentication",
    waiting: "Waiting and resuming",
    "to-users": "From image to users",
    fleets: "Fleets over many machines",
    errors: "Errors and retries",
    testing: "Testing with the emulator",
    "vendor-sdk": "From the vendor's SDK",
    "command-line": "The command line",
    ci: "Use in CI",
  },
  "zh-CN": {
    "first-image": "五分钟制作第一个镜像",
    authentication: "身份认证",
    waiting: "等待和继续",
    "to-users": "从镜像到用户",
    fleets: "多台机器上的镜像队列",
    errors: "错误和重试",
    testing: "用模拟器测试",
    "vendor-sdk": "从厂商 SDK 迁移",
    "command-line": "命令行",
    ci: "在 CI 中使用",
  },
});

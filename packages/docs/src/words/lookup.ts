import { inEveryLanguage } from "../edition/language.ts";

/** The words of the pages on permissions, regions and limits. */
export const lookupWords = inEveryLanguage({
  en: {
    operation: "Operation",
    action: "Action",
    level: "Level",
    none: "none",
    unknown: "unknown",
    permissions: {
      title: "Permissions",
      description: "Actions by operation, and operations by action.",
      intro:
        "The account itself may call everything. An IAM user needs the action of an operation, and the actions that it depends on. `aps policy` prints the least policy for the operations that you name.",
      needs: "What an operation needs",
      unnamed: "No source names the action of an operation that is marked as unknown.",
      alsoNeeds: "Some operations depend on actions of other services, which the user needs as well:",
      opens: "What an action opens",
      neededBy: "Operations that need it",
    },
    regions: {
      title: "Regions and endpoints",
      description: (count: number) => `The hosts of ${count} regions.`,
      intro:
        "The host of the service depends on the region: some have the label `appstream`, the others `workspace`. Give a client the region and it takes the right one; give it an endpoint for a region that is not in this list.",
      project:
        "The project id belongs to the region. IAM finds it by the region's name: `GET /v3/projects?name=ap-southeast-1`.",
      region: "Region",
      service: "Service",
    },
    limits: {
      title: "Limits",
      description: "The limits of every field of every request.",
      intro:
        "A request that breaks a limit is refused by the client before it is sent, with every rule that it breaks. Lengths count characters, not bytes.",
      rate: (name: string) => `Rate limit, by the vendor's name for it: ${name}.`,
      unknown: "unknown",
      noLimits: "No field has a limit.",
      field: "Field",
      place: "In",
      limits: "Limits",
      required: "required",
      byDefault: (value: string) => `default ${value}`,
      everyRequest: "Of every request",
      everyRequestText: "What the gateway in front of the service refuses or gives up, whatever the operation.",
      status: "Status",
      refusal: "When",
      oneOf: (values: string) => `one of ${values}`,
      pattern: (pattern: string) => `pattern ${pattern}`,
    },
  },
  "zh-CN": {
    operation: "操作",
    action: "授权项",
    level: "级别",
    none: "无",
    unknown: "未知",
    permissions: {
      title: "权限",
      description: "按操作查授权项，按授权项查操作。",
      intro:
        "账号本身可以调用全部接口。IAM 用户需要操作的授权项，以及它依赖的授权项。`aps policy` 为您列出的操作打印最小策略。",
      needs: "操作需要什么",
      unnamed: "标为未知的操作，没有来源给出它的授权项。",
      alsoNeeds: "有些操作依赖其他服务的授权项，用户也需要它们：",
      opens: "授权项允许什么",
      neededBy: "需要它的操作",
    },
    regions: {
      title: "区域和终端节点",
      description: (count) => `${count} 个区域的主机名。`,
      intro:
        "服务的主机名取决于区域：有些使用 `appstream`，其他使用 `workspace`。把区域交给客户端，它会选用正确的主机名；区域不在此列表中时，请直接给出终端节点。",
      project: "项目 ID 属于区域。IAM 可以按区域名称查询：`GET /v3/projects?name=ap-southeast-1`。",
      region: "区域",
      service: "服务",
    },
    limits: {
      title: "限制",
      description: "每个请求中每个字段的限制。",
      intro: "违反限制的请求在发送之前就被客户端拒绝，并列出违反的每条规则。长度按字符计算，不按字节。",
      rate: (name) => `流控，按厂商的名称：${name}。`,
      unknown: "未知",
      noLimits: "没有字段有限制。",
      field: "字段",
      place: "位置",
      limits: "限制",
      required: "必填",
      byDefault: (value) => `默认值 ${value}`,
      everyRequest: "对每个请求",
      everyRequestText: "无论哪个操作，服务前面的网关会拒绝或放弃的情况。",
      status: "状态码",
      refusal: "情况",
      oneOf: (values) => `取值 ${values}`,
      pattern: (pattern) => `正则 ${pattern}`,
    },
  },
});

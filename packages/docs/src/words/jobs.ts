import { inEveryLanguage } from "../edition/language.ts";

/** The words of the page on jobs and states. */
export const jobsWords = inEveryLanguage({
  en: {
    title: "Jobs and states",
    description: "How work goes on after a call has answered.",
    intro:
      "An operation that starts work answers at once with the id of a job. Look at the job until it ends; its sub-job then names what was made, or why it failed.",
    families: {
      image: {
        title: "Jobs of image servers",
        finding: "Why a job failed stands in `job_execute_info` of its sub-job.",
        states: "States of such a job",
        kinds: "Kinds of jobs of image servers",
        times:
          "How long each usually takes, and when it is time to give up. The first is measured on the vendor's examples and public test runs; no source promises it.",
      },
      server: {
        title: "Jobs of application servers",
        finding:
          "There is no list of jobs. A job whose id was lost is found by its sub-jobs, or as the last job of its server. Why it failed stands on the sub-job itself.",
        states: "States of a job of an application server",
        kinds: "Kinds of jobs of application servers",
        times:
          "How long each usually takes, and when it is time to give up. Only creating a server is measured, on one job of the vendor's examples; the others are estimates.",
      },
    },
    follow: (show: string, list: string) => `${show} looks at one job, ${list} finds those that went before.`,
    starts: "starts",
    works: "succeeds",
    fails: "fails",
    states: "States",
    meaning: "Meaning",
    waiting: "The work goes on. Look again.",
    done: "The work is done. The result is in the sub-job.",
    failed: "The work has failed. The code and the text are in the sub-job.",
    other: "any other",
    otherMeaning: "Not documented. Keep waiting, and say so.",
    pace: (first: number, interval: number) => `Look for the first time after ${first} s, then every ${interval} s.`,
    subJobs: (states: string) =>
      `Sub-jobs know more states, ${states}. They are worded as work in progress, so wait for the job itself.`,
    timeOf: (type: string) => `The time that ${type} takes`,
    typical: (duration: string) => `usually ${duration}`,
    giveUp: (duration: string) => `give up after ${duration}`,
    type: "Type",
    startedBy: "Started by",
    makes: "Makes",
    serverState: "State of the server",
    takes: "Takes about",
    limit: "Give up after",
    oneThenOther: (during: string, after: string) => `${during}, then ${after}`,
    or: ", or ",
    products: {
      "image server": "an image server",
      image: "an image",
      "application server": "application servers",
      nothing: "nothing",
    },
    server: "An image server",
    applicationServer: "An application server",
    twoStates:
      "It shows two states: that of the agent on it, which takes the sessions of users, and that of the machine underneath. It is ready when its agent is registered, its machine is active and no task runs on it.",
    statesOfAgent: "The states of the agent on an application server",
    statesOfMachine: "The states of the machine of an application server",
    inferred: "The states are documented; which of them a server passes through is inferred.",
    itFails: "job fails",
    reimage: "re-image",
    statesOfServer: "The states of an image server",
    itWorks: "job succeeds",
    itEnds: "job ends",
    create: "create an image",
    createAnother: "create another image",
    delete: "delete",
    gone: "gone",
    allowedIn: (operation: string, states: string) => `${operation} is allowed in ${states}.`,
    builtMeans: (built: string) =>
      `${built} tells that the work on an image is over, not that it succeeded: only the job tells that. In which state a failed job leaves a server is unknown.`,
    duration: (seconds: number) => inMinutes(seconds, "min", "s").join(" "),
    step: ({ from, to, by }: { readonly from: string; readonly to: string; readonly by?: string }) =>
      `${from} becomes ${to}: ${by}.`,
  },
  "zh-CN": {
    title: "任务和状态",
    description: "调用返回之后，工作如何进行。",
    intro: "启动工作的操作会立即返回任务的 ID。反复查询任务直到它结束；之后子任务给出产物，或失败的原因。",
    families: {
      image: {
        title: "镜像实例的任务",
        finding: "失败的原因在子任务的 `job_execute_info` 中。",
        states: "镜像实例任务的状态",
        kinds: "镜像实例任务的类型",
        times: "每种任务通常需要多久，以及何时放弃等待。前者取自厂商的示例和公开的测试，没有任何来源作出承诺。",
      },
      server: {
        title: "应用服务器的任务",
        finding:
          "没有任务列表。丢失 ID 的任务可以通过子任务找到，或作为服务器的最近一次任务找到。失败的原因就在子任务上。",
        states: "应用服务器任务的状态",
        kinds: "应用服务器任务的类型",
        times: "每种任务通常需要多久，以及何时放弃等待。只有创建服务器取自厂商示例中的一个任务，其余为估计。",
      },
    },
    follow: (show, list) => `${show}查看一个任务，${list}找到以前的任务。`,
    starts: "开始",
    works: "成功",
    fails: "失败",
    states: "状态",
    meaning: "含义",
    waiting: "工作仍在进行。请再次查询。",
    done: "工作已完成。结果在子任务中。",
    failed: "工作失败。错误码和文本在子任务中。",
    other: "其他任何值",
    otherMeaning: "文档没有说明。继续等待，并告知用户。",
    pace: (first, interval) => `${first} 秒后第一次查询，之后每 ${interval} 秒查询一次。`,
    subJobs: (states) => `子任务还有其他状态：${states}。文档把它们描述为进行中，因此请等待任务本身结束。`,
    timeOf: (type) => `${type} 需要的时间`,
    typical: (duration) => `通常 ${duration}`,
    giveUp: (duration) => `${duration} 后放弃`,
    type: "类型",
    startedBy: "由谁启动",
    makes: "产物",
    serverState: "实例的状态",
    takes: "大约需要",
    limit: "等待上限",
    oneThenOther: (during, after) => `${during}，然后 ${after}`,
    or: "或",
    products: { "image server": "镜像实例", image: "镜像", "application server": "应用服务器", nothing: "无" },
    server: "镜像实例",
    applicationServer: "应用服务器",
    twoStates:
      "它有两种状态：其上接受用户会话的代理的状态，以及底层机器的状态。代理已注册、机器处于活动状态且没有任务在运行时，服务器才就绪。",
    statesOfAgent: "应用服务器上代理的状态",
    statesOfMachine: "应用服务器底层机器的状态",
    inferred: "这些状态有文档说明；服务器会经过其中哪些是推断的。",
    itFails: "任务失败",
    reimage: "更换镜像",
    statesOfServer: "镜像实例的状态",
    itWorks: "任务成功",
    itEnds: "任务结束",
    create: "创建镜像",
    createAnother: "再创建一个镜像",
    delete: "删除",
    gone: "已删除",
    allowedIn: (operation, states) => `允许${operation}的状态：${states}。`,
    builtMeans: (built) =>
      `${built} 只说明镜像的工作已结束，不说明它是否成功：只有任务能说明。任务失败后实例处于什么状态未知。`,
    duration: (seconds) => inMinutes(seconds, seconds % 60 === 0 ? "分钟" : "分", "秒").join(" "),
    step: ({ from, to, by }) => `${from} 变为 ${to}：${by}。`,
  },
});

/** A duration in minutes and seconds, without those that are none. */
function inMinutes(seconds: number, minute: string, second: string): string[] {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes > 0 ? `${minutes} ${minute}` : "", rest > 0 ? `${rest} ${second}` : ""].filter(Boolean);
}

import type { ImageRow } from "../images/image.ts";
import type { RolloutRow } from "../rollouts/rollout.ts";
import type { ProjectStatus } from "../runs/projects.ts";
import type { RunStatus } from "../runs/status.ts";

/** What a page needs beside its words. */
export interface PageOptions {
  /** Lets the styles and the script of this page run, and no others. */
  readonly nonce: string;
  /** Where pg-boss's own dashboard is, if there is one. */
  readonly queueUrl?: string | undefined;
}

/** A page, whole. What is in it was escaped. */
export function page(title: string, body: string, { nonce, queueUrl }: PageOptions): string {
  const queue = queueUrl === undefined ? "" : `<a href="${text(queueUrl)}">Queue</a>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} · aps-fleet</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header><a href="/">aps-fleet</a><nav aria-label="Pages"><a href="/">Runs</a><a href="/projects">Projects</a>${queue}</nav></header>
<main>${body}</main>
<script nonce="${nonce}">${live}</script>
</body>
</html>`;
}

const style = `
:root { color-scheme: light dark; --line: #8886; --accent: light-dark(#1d4ed8, #93c5fd) }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem }
header { display: flex; gap: 2rem } nav { display: flex; gap: 1rem }
header > a { font-weight: 700; text-decoration: none } a { color: var(--accent) }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top }
form { display: inline } button { font: inherit; margin: 0 .5rem .5rem 0; padding: .3rem .8rem }
`;

/** Fetches the page again every few seconds, unless somebody is about to press a button. */
const live = `
setInterval(async () => {
  if (document.hidden || document.activeElement?.closest("form")) return;
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (fresh) document.querySelector("main").replaceWith(fresh);
}, 3000);
`;

/** All runs. */
export function runsBody(runs: readonly RunStatus[]): string {
  if (runs.length === 0)
    return "<h1>Runs</h1><p>There is no run yet. Submit one with <code>aps-fleet submit</code>.</p>";
  const rows = runs.map((run) => [
    `<a href="/runs/${encodeURIComponent(run.run)}">${text(run.run)}</a>`,
    text(run.createdAt.toISOString()),
    text(stateOf(run)),
    text(countsOf(run.counts)),
    text(run.approvedBy ?? ""),
  ]);
  return `<h1>Runs</h1>${table("Runs", ["Run", "Submitted", "State", "Images", "Approved by"], rows)}`;
}

/** Projects in which something is open: what is done there, and whether the service throttles it. */
export function projectsBody(projects: readonly ProjectStatus[]): string {
  if (projects.length === 0) return "<h1>Projects</h1><p>Nothing is open in any project.</p>";
  const rows = projects.map(({ account, region, projectId, counts, runs, restUntil }) => [
    text(account),
    text(region),
    text(projectId),
    text(countsOf(counts)),
    runs.map((run) => `<a href="/runs/${encodeURIComponent(run)}">${text(run)}</a>`).join(", "),
    text(restUntil === null ? "" : `throttled, rests until ${restUntil.toISOString()}`),
  ]);
  const titles = ["Account", "Region", "Project", "Images of open runs", "Open runs", "Service"];
  return `<h1>Projects</h1>${table("Projects", titles, rows)}`;
}

/** A run with its images and rollouts, and what can be done with it. */
export function runBody(
  run: RunStatus,
  images: readonly ImageRow[],
  rollouts: readonly RolloutRow[],
  now: number,
): string {
  const rows = images.map((image) => [
    text(image.account === "" ? image.region : `${image.account}, ${image.region}`),
    text(image.projectId),
    text(image.serverId),
    text(image.name),
    text(image.state),
    text(ageOf(now - image.changedAt.getTime())),
    String(image.attempts),
    text(image.jobId ?? image.candidateJobIds.join(", ")),
    text(image.imageId ?? ""),
    text(image.state === "made" ? "" : (image.reason ?? "")),
  ]);
  const titles = ["Region", "Project", "Server", "Name", "State", "For", "Tries", "Job", "Image", "Why"];
  const can = {
    approve: run.approval === "needed",
    cancel: !run.hasEnded,
    retry: (run.counts.failed ?? 0) + (run.counts.refused ?? 0) > 0,
    "approve-rollouts": (run.rolloutCounts.planned ?? 0) > 0,
    "plan-again": (run.rolloutCounts.refused ?? 0) > 0,
  };
  const actions = run.cancelledAt === null ? Object.entries(can).filter(([, is]) => is) : [];
  const buttons = actions.map(
    ([action]) =>
      `<form method="post" action="/runs/${encodeURIComponent(run.run)}/${action}"><button>${words[action as keyof typeof words]}</button></form>`,
  );
  const approved = run.approvedBy === null ? "" : `, approved by ${run.approvedBy}`;
  const cancelled = run.cancelledBy === null ? "" : `, cancelled by ${run.cancelledBy}`;
  return `<h1>${text(run.run)}</h1><p>${text(`${stateOf(run)}${approved}${cancelled}. ${countsOf(run.counts)}.`)}</p>
<div>${buttons.join("")}</div>${rolloutsBody(rollouts)}${table(`Images of ${run.run}`, titles, rows)}`;
}

const words = {
  approve: "Approve",
  cancel: "Cancel the run",
  retry: "Try failed and refused ones again",
  "approve-rollouts": "Approve the rollouts",
  "plan-again": "Take refused rollouts up again",
} as const;

function rolloutsBody(rollouts: readonly RolloutRow[]): string {
  if (rollouts.length === 0) return "";
  const rows = rollouts.map(({ serverGroupId, serverId, state, approvedBy, plan, report, reason }) => [
    text(plan === null ? serverGroupId : `${plan.group.name} (${serverGroupId})`),
    text(serverId),
    text(state),
    text(approvedBy ?? ""),
    text((report?.servers ?? plan?.servers ?? []).map(serverOf).join(", ")),
    text(
      [...(plan?.checks ?? []).filter(({ verdict }) => verdict !== "good"), ...(report?.leftovers ?? [])]
        .map(({ says }) => says)
        .concat(reason ?? [])
        .join(" "),
    ),
  ]);
  const titles = ["Group", "Image of", "State", "Approved by", "Servers", "Why"];
  return table("Rollouts", titles, rows);
}

function serverOf(server: { readonly name: string; readonly state?: string; readonly action?: string }): string {
  return `${server.name}: ${server.state ?? server.action}`;
}

/** Something went wrong, in words. */
export function messageBody(title: string, message: string): string {
  return `<h1>${text(title)}</h1><p>${text(message)}</p>`;
}

function table(label: string, titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = titles.map((title) => `<th scope="col">${title}</th>`).join("");
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  return `<div class="wide" role="region" aria-label="${text(label)}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${lines}</tbody></table></div>`;
}

function stateOf({ approval, cancelledAt, hasEnded }: RunStatus): string {
  if (cancelledAt !== null) return "cancelled";
  return hasEnded ? "ended" : approval === "needed" ? "waits for an approval" : "open";
}

function countsOf(counts: RunStatus["counts"]): string {
  return Object.entries(counts)
    .map(([state, count]) => `${count} ${state}`)
    .join(", ");
}

function ageOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return minutes < 60
    ? `${minutes} min`
    : minutes < 2_880
      ? `${Math.floor(minutes / 60)} h`
      : `${Math.floor(minutes / 1_440)} d`;
}

function text(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

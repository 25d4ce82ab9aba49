import type { ImageRow } from "../images/image.ts";
import type { RunStatus } from "../runs/status.ts";

/** A page, whole. What is in it was escaped. */
export function page(title: string, body: string, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} · aps-fleet</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header><a href="/">aps-fleet</a></header>
<main>${body}</main>
<script nonce="${nonce}">${live}</script>
</body>
</html>`;
}

const style = `
:root { color-scheme: light dark; --line: #8886; --accent: light-dark(#1d4ed8, #93c5fd) }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem }
header a { font-weight: 700; text-decoration: none } a { color: var(--accent) }
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
    text(countsOf(run)),
    text(run.approvedBy ?? ""),
  ]);
  return `<h1>Runs</h1>${table("Runs", ["Run", "Submitted", "State", "Images", "Approved by"], rows)}`;
}

/** A run with its images, and what can be done with it. */
export function runBody(run: RunStatus, images: readonly ImageRow[], now: number): string {
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
  };
  const actions = run.cancelledAt === null ? Object.entries(can).filter(([, is]) => is) : [];
  const buttons = actions.map(
    ([action]) =>
      `<form method="post" action="/runs/${encodeURIComponent(run.run)}/${action}"><button>${words[action as keyof typeof words]}</button></form>`,
  );
  const approved = run.approvedBy === null ? "" : `, approved by ${run.approvedBy}`;
  const cancelled = run.cancelledBy === null ? "" : `, cancelled by ${run.cancelledBy}`;
  return `<h1>${text(run.run)}</h1><p>${text(`${stateOf(run)}${approved}${cancelled}. ${countsOf(run)}.`)}</p>
<div>${buttons.join("")}</div>${table(`Images of ${run.run}`, titles, rows)}`;
}

const words = { approve: "Approve", cancel: "Cancel the run", retry: "Try failed and refused ones again" } as const;

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

function countsOf({ counts }: RunStatus): string {
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

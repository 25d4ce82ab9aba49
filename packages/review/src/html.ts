import { adviceFor } from "./advice.ts";
import { verdicts } from "./change.ts";
import { placeOf, summary, verdictLine, whom } from "./markdown.ts";
import type { Report, ReportedChange } from "./report.ts";

const style = `
  :root { color-scheme: light dark; --line: #8884; --breaking: #c62828; --risky: #b26a00; --safe: #2e7d32; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
  ul { padding-left: 1.2rem; } li { margin: 0.4rem 0; }
  code { font: 0.9em ui-monospace, monospace; background: #8882; padding: 0.1em 0.3em; border-radius: 0.25rem; overflow-wrap: anywhere; }
  .change { list-style: none; border-left: 0.3rem solid var(--colour); padding: 0.3rem 0 0.3rem 0.8rem; margin-left: -1.2rem; }
  .breaking { --colour: var(--breaking); } .risky { --colour: var(--risky); } .safe { --colour: var(--safe); }
  .place { display: block; font-size: 0.85rem; opacity: 0.8; }
  table { border-collapse: collapse; } td, th { border: 1px solid var(--line); padding: 0.2rem 0.6rem; text-align: left; }
  pre { overflow-x: auto; border: 1px solid var(--line); padding: 0.6rem; }`;

/** The report as one page, which opens from a file without a network. */
export function html(report: Report): string {
  const { changes, coverage, surface, lint } = report;
  const rows = [
    ["operations", coverage.before.operations, coverage.after.operations],
    ["with an example of success", coverage.before.withExample, coverage.after.withExample],
    ["named by a test", coverage.before.withTest, coverage.after.withTest],
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${text(verdictLine(report))}</title>
<style>${style}
</style>
<h1>${text(verdictLine(report))}</h1>
<p>${spans(summary(report))}</p>
${section("What callers have to do", adviceFor(changes).map(spans))}
${section("What is missing here", report.versionProblems.map(spans))}
${lint === "" ? "" : `<h2>Linter</h2>\n<pre>${text(lint.trim())}</pre>`}
${verdicts.map((verdict) => changesOf(changes.filter((one) => one.verdict === verdict))).join("\n")}
${section("Exceptions", report.idleExceptions.map(spans))}
${section("What callers call that is affected", report.methods.map(code))}
${section(
  "Types of the client that differ",
  surface.map(({ name, kind }) => `${code(name)} ${kind}`),
)}
${section("Pages that change, in every language", report.pages.map(code))}
<h2>Coverage</h2>
<table><tr><th></th><th>before</th><th>after</th></tr>
${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n")}
</table>
${section("What this review does not see", report.blindSpots.map(spans))}
</html>
`;
}

function changesOf(changes: readonly ReportedChange[]): string {
  const [first] = changes;
  if (first === undefined) return "";
  const items = changes.map((change) => {
    const until = change.exception && ` Let through until ${change.exception.until}: ${text(change.exception.reason)}`;
    return `<li class="change ${change.verdict}">${text(whom(change))}${spans(change.says)}${until ?? ""}<span class="place">${code(placeOf(change))} ${text(change.rule)}</span></li>`;
  });
  return `<h2>${first.verdict.charAt(0).toUpperCase()}${first.verdict.slice(1)}</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0
    ? ""
    : `<h2>${title}</h2>\n<ul>\n${items.map((one) => `<li>${one}</li>`).join("\n")}\n</ul>`;
}

function code(value: string): string {
  return `<code>${text(value)}</code>`;
}

/** The code spans and the bold words of a sentence; everything else is text. */
function spans(sentence: string): string {
  return sentence
    .split(/(`` .*? ``|`[^`]*`|\*\*[^*]+\*\*)/)
    .map((part) => {
      if (part.startsWith("`` ")) return code(part.slice(3, -3));
      if (part.startsWith("`")) return code(part.slice(1, -1));
      return part.startsWith("**") ? `<strong>${text(part.slice(2, -2))}</strong>` : text(part);
    })
    .join("");
}

/** Text without a meaning for HTML. */
export function text(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

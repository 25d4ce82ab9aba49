import type { FullClient } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { checkAccess } from "../doctor/access.ts";
import type { Finding } from "../doctor/finding.ts";
import { checkSurroundings } from "../doctor/surroundings.ts";
import { describeAny } from "../failure/report.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Paint } from "../terminal/streams.ts";
import { columnsOf, pad, printable } from "../terminal/width.ts";
import { wrap } from "../terminal/wrap.ts";

/** `aps doctor`: looks at all that a command needs before it can work, changes nothing, and says what is wrong. */
export async function doctor(context: Context): Promise<number> {
  const { given, info } = context;
  if (given.positionals.length > 0) throw new UsageError("Nothing is named here but with --for.");
  const findings: Finding[] = [...(await checkSurroundings(context))];
  let client: FullClient | undefined;
  try {
    client = connect(context);
  } catch (error) {
    const { message, help } = await describeAny(error, { info, context });
    findings.push({ check: "settings", result: "wrong", says: message, cure: help[0], exitCode: exitCode.usage });
  }
  if (client !== undefined)
    for await (const finding of checkAccess(context, client, given.texts.get("for")?.[0])) findings.push(finding);
  await printResult(context, {
    document: { checks: findings.map(({ exitCode: _, ...shown }) => shown) },
    isOwn: true,
    list: "checks",
    columns: ["check", "result", "says", "cure"],
    idAt: ["check"],
    nameAt: ["check"],
    lines: ({ paint, columns }) => findings.flatMap((finding) => linesOf(finding, paint, columns ?? 110)),
  });
  return findings.find(({ result }) => result === "wrong")?.exitCode ?? exitCode.done;
}

const checkWidth = 14;
const resultWidth = 9;

function linesOf({ check, result, says, cure }: Finding, paint: Paint, columns: number): string[] {
  const colour = result === "ok" ? paint.green : result === "warning" ? paint.yellow : paint.red;
  const isNarrow = columns < 60;
  const start = isNarrow ? 2 : checkWidth + resultWidth;
  const fold = (text: string) => wrap(printable(text), Math.max(20, columns - start), columnsOf);
  const lines = [...fold(says), ...(cure === undefined ? [] : fold(`-> ${cure}`))].map(
    (line) => " ".repeat(start) + line,
  );
  const head = pad(check, checkWidth);
  if (isNarrow) return [`${head}${colour(result)}`, ...lines];
  const [first = "", ...rest] = lines;
  return [`${head}${colour(pad(result, resultWidth))}${first.slice(start)}`, ...rest];
}

import { type PrunedImage, pruneImages } from "@workspace-aps/client";
import { namePattern } from "../arguments/name-pattern.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { confirm, refuseUnasked } from "../care/confirm.ts";
import { connect } from "../connection/connect.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { numberOf } from "../settings/settings.ts";
import { table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";

/** `aps image prune --name .. --keep ..`: shows old golden images that nothing uses, and deletes them on word. */
export async function imagePrune(context: Context): Promise<number> {
  const { given, interruption } = context;
  const name = given.texts.get("name")?.[0];
  const keep = given.texts.get("keep")?.[0];
  if (given.positionals.length > 0) throw new UsageError("Choose images with --name.");
  if (!name) throw new UsageError("--name is required.");
  if (keep === undefined) throw new UsageError("--keep is required.");
  const options = {
    namePattern: namePattern(name),
    keep: numberOf({ value: keep, from: "--keep" }, { least: 0, most: 9_999 }) ?? 0,
    signal: interruption.signal,
  };
  const isDry = given.switches.get("dry-run") === true;
  if (!isDry) refuseUnasked(context);
  const client = connect(context);
  let images = await pruneImages(client, options);
  const going = images.filter(({ result }) => result === "to delete");
  if (!isDry && going.length > 0) {
    await confirm(
      context,
      going.map(({ id, name: of, createdAt }) => ({ id, name: of, status: createdAt })),
      "delete these images",
    );
    // What has come into question since it was shown is not deleted.
    const shown = new Set(going.map(({ id }) => id));
    const keepIds = images.map(({ id }) => id).filter((id) => !shown.has(id));
    images = await pruneImages(client, { ...options, keepIds, isApproved: true });
  }
  await print(context, images);
  return images.some(({ result }) => result === "failed" || result === "in doubt") ? exitCode.refused : exitCode.done;
}

async function print(context: Context, images: readonly PrunedImage[]): Promise<void> {
  await printResult(context, {
    document: { images },
    isOwn: true,
    list: "images",
    columns: ["id", "name", "result", "reason"],
    lines: ({ paint, columns }) =>
      table(
        [{ text: "ID" }, { text: "NAME", flexible: true }, { text: "RESULT" }, { text: "REASON", flexible: true }],
        images.map(({ id, name, result, reason }) => [
          { text: printable(id) },
          { text: printable(name) },
          { text: result },
          { text: printable(reason) },
        ]),
        paint,
        columns,
      ),
  });
}

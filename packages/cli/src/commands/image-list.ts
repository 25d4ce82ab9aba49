import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { type Image, listImages } from "../image-service/list-images.ts";
import { printResult } from "../output/print.ts";
import { viewLines } from "../output/view.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";

const columns = ["id", "name", "status", "created_at"];

/** `aps image list`: lists the private images of the image service, which golden images become. */
export async function imageList(context: Context): Promise<number> {
  const { given, info } = context;
  if (given.positionals.length > 0) throw new UsageError("Choose images with --name.", info.words);
  const name = given.texts.get("name")?.[0];
  const images = await listImages(context, connect(context), name === undefined ? {} : { name });
  await print(context, { count: images.length, images }, "images", [
    ...new Set([...columns, ...images.flatMap((image) => Object.keys(image))]),
  ]);
  return exitCode.done;
}

/** `aps image show <image-id>`: shows one image of the image service. */
export async function imageShow(context: Context): Promise<number> {
  const { given, info } = context;
  const [id, ...more] = given.positionals;
  if (id === undefined || more.length > 0) throw new UsageError("Name one image.", info.words);
  const [image] = await listImages(context, connect(context), { id });
  if (image === undefined) {
    context.host.err.write(`aps: There is no private image ${id}.\n     aps image list shows those that are there.\n`);
    return exitCode.notFound;
  }
  await print(context, image, undefined, Object.keys(image));
  return exitCode.done;
}

async function print(
  context: Context,
  document: Image | { readonly count: number; readonly images: readonly Image[] },
  list: string | undefined,
  fields: readonly string[],
): Promise<void> {
  const { wide, headers, fields: chosen } = context.output;
  const shown = list === undefined ? fields : columns;
  const view = {
    ...(list === undefined ? {} : { list }),
    columns: shown.map((name) => ({ title: name, at: [name], kind: name === "status" ? "status" : "text" }) as const),
    fields,
  };
  await printResult(context, {
    document,
    ...(list === undefined ? {} : { list }),
    columns: wide ? fields : columns,
    lines: (result) =>
      viewLines(view, result.document, result.paint, result.columns, { fields: chosen, wide, headers }),
  });
}

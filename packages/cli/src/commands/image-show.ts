import { methodsOf } from "@workspace-aps/client";
import { listImages } from "@workspace-aps/client/ims";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { printFailure } from "../failure/report.ts";

import { catalogue } from "../generated/catalogue/image.ts";
import { refuseUnknownHost } from "../image-service/host.ts";
import { refuseUnknownFields } from "../output/fields.ts";
import { printResult } from "../output/print.ts";
import { resultOf } from "../output/result-of.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";

/** `aps image show <image-id>`: shows one image of the image service, as its list has it. */
export async function imageShow(context: Context): Promise<number> {
  const { given, output, interruption } = context;
  const [id, ...more] = given.positionals;
  if (id === undefined || more.length > 0) throw new UsageError("Name one image.");
  const { fields = [] } = catalogue.find(({ command }) => command?.operationId === "ListImages")?.command?.view ?? {};
  if (output.fields !== undefined) refuseUnknownFields(output.fields, fields, "--fields");
  refuseUnknownHost(context);
  const service = methodsOf(connect(context), { listImages });
  const { images = [] } = await service.listImages({ query: { id } }, { signal: interruption.signal });
  const image = images.find((one) => one.id === id);
  if (image === undefined) {
    printFailure(context, {
      exitCode: exitCode.notFound,
      kind: "ImageNotFoundError",
      message: `There is no image ${id}.`,
      help: ["Those that are there: aps image list"],
      facts: { imageId: id },
    });
    return exitCode.notFound;
  }
  const columns = fields.map(
    (name) => ({ title: name, at: [name], kind: name === "status" ? "status" : "text" }) as const,
  );
  await printResult(context, {
    ...resultOf(context, { view: { columns, fields } }, image),
    columns: output.wide ? fields : ["id", "name", "status", "created_at"],
  });
  return exitCode.done;
}

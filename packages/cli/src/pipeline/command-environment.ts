import { connectionOptions, variableOf } from "../arguments/option.ts";
import type { PipelineRun } from "./pipeline-run.ts";

/**
 * What a command of the user's is told beside the environment of this program: where that works, as far as options say so,
 * and which image it is about. Secrets are never options, so that none is in it.
 */
export function commandEnvironment({ context, journal, state }: PipelineRun): Record<string, string> {
  const { image, projectId } = journal.header;
  const place = connectionOptions.flatMap(({ name }) => {
    const text = context.given.texts.get(name)?.[0];
    return text === undefined ? [] : [[variableOf(name), text] as const];
  });
  return {
    ...Object.fromEntries(place),
    APS_PROJECT_ID: projectId,
    APS_IMAGE_ID: state.image?.imageId ?? "",
    APS_IMAGE_NAME: state.image?.imageName ?? image.name,
    APS_IMAGE_SERVER_ID: image.serverId,
  };
}

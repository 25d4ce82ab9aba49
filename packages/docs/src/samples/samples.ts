import { apsSample, hasCommand, signedCurlSample } from "./aps.ts";
import type { SampledOperation } from "./call.ts";
import { curlSample } from "./curl.ts";
import { typescriptSample } from "./typescript.ts";

/** Every form in which a call is shown, in the order of the choice. Their names are in `words/samples.ts`. */
const samples = [
  { id: "typescript", lang: "ts", write: typescriptSample, isByCommand: false },
  { id: "aps", lang: "sh", write: apsSample, isByCommand: true },
  { id: "curl", lang: "sh", write: curlSample, isByCommand: false },
  { id: "signed", lang: "sh", write: signedCurlSample, isByCommand: true },
] as const;

/** The forms in which a call of an operation can be shown: those with `aps` where it has a command. */
export function samplesOf(operation: SampledOperation) {
  return samples.filter(({ isByCommand }) => !isByCommand || hasCommand(operation));
}

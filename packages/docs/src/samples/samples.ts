import { apsSample, signedCurlSample } from "./aps.ts";
import { curlSample } from "./curl.ts";
import { typescriptSample } from "./typescript.ts";

/** Every form in which a call is shown, in the order of the choice. Their names are in `words/samples.ts`. */
export const samples = [
  { id: "typescript", lang: "ts", write: typescriptSample },
  { id: "aps", lang: "sh", write: apsSample },
  { id: "curl", lang: "sh", write: curlSample },
  { id: "signed", lang: "sh", write: signedCurlSample },
] as const;

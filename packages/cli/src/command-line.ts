// What a site needs to write a call as a command for people to copy, and to have the pages that errors lead to. Nothing
// here uses Node.
export type { Command } from "./command.ts";
export { pageOf } from "./failure/documentation.ts";
export { commands } from "./generated/commands.ts";
export { quote } from "./help/quote.ts";
export type { RequestParts } from "./request/build.ts";
export { type CapturedRequest, captureRequest } from "./request/capture.ts";
export { curlCommand } from "./request/curl.ts";
export { type AnyMethod, methodOf } from "./request/method.ts";
export { spell } from "./request/spell.ts";

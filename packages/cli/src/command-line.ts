// What a program needs to write a call as a command for people to copy. Nothing here uses Node.
export type { Command } from "./command.ts";
export { commands } from "./generated/commands.ts";
export { quote } from "./help/quote.ts";
export type { RequestParts } from "./request/build.ts";
export { type CapturedRequest, captureRequest } from "./request/capture.ts";
export { curlCommand } from "./request/curl.ts";
export { type AnyMethod, methodOf } from "./request/method.ts";
export { spell } from "./request/spell.ts";

export type { Access } from "./access.ts";
export { type ProgramOption, programOptions } from "./program-options.ts";
export { type EmulatorServer, type ServeOptions, serve } from "./serve.ts";
export { openStateFile, type StateFile } from "./state-file.ts";

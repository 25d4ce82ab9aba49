export { type ProgramOption, programOptions } from "./arguments.ts";
export { type EmulatorServer, type ServeOptions, serve } from "./serve.ts";
export { openStateFile, type StateFile } from "./state-file.ts";

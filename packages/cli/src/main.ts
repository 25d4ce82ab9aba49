// The program, as a process.
import { setMaxListeners } from "node:events";
import { exitCode } from "./program/exit-code.ts";
import { processHost } from "./program/process-host.ts";
import { run } from "./program/run.ts";

// Each of many images and jobs listens for the end of a run; Node 20 warns of more than ten listeners.
setMaxListeners(0);

// The reader of a pipe may leave early, as `head` does. Without results to print there is nothing left to do; without
// anybody to see the progress there is.
let hasEnded = false;
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A command that is still at work ends as others do that are told of it by SIGPIPE.
  if (error.code === "EPIPE") process.exit(hasEnded ? undefined : 141);
  // What was to be printed is on the error stream by now.
  process.exitCode = exitCode.refused;
});
process.stderr.on("error", () => {});

const code = await run(process.argv.slice(2), processHost());
hasEnded = true;
process.exitCode ||= code;
// A request that is not waited for any more would keep the process.
if (code === exitCode.interrupted) process.stdout.write("", () => process.exit());

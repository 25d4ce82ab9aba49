// What people ask for most often, the version and the help, is answered before anything else is loaded.

import { widthOf } from "../terminal/streams.ts";
import { exitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";

/** Runs the program with its arguments, and resolves to the exit code. */
export async function run(args: readonly string[], host: Host): Promise<number> {
  const [first] = args;
  if (args.length === 1 && (first === "--version" || first === "-V" || first === "version")) {
    const { contractVersion, version } = await import("../generated/version.ts");
    host.out.write(`aps ${version} (contract ${contractVersion})\n`);
    return exitCode.done;
  }
  if (args.length === 0 || (args.length === 1 && (first === "--help" || first === "-h" || first === "help"))) {
    const { rootHelp } = await import("../help/root.ts");
    // Nothing to do is a mistake in a script; help goes where it does not pollute a result.
    const output = args.length === 0 ? host.err : host.out;
    output.write(rootHelp(widthOf(output)));
    return args.length === 0 ? exitCode.usage : exitCode.done;
  }
  const { main } = await import("./main.ts");
  return main(args, host);
}

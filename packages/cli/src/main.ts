// The program. What people ask for most often, the version and the help, is answered before anything else is loaded.
const args = process.argv.slice(2);
const [first] = args;

// The reader of a pipe may leave early, as `head` does. Without results to print there is nothing left to do; without
// anybody to see the progress there is.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  // What was to be printed is on the error stream by now.
  process.exitCode = 1;
});
process.stderr.on("error", () => {});

if (args.length === 1 && (first === "--version" || first === "-V" || first === "version")) {
  const { contractVersion, version } = await import("./generated/version.ts");
  process.stdout.write(`aps ${version} (contract ${contractVersion})\n`);
} else if (args.length === 0 || (args.length === 1 && (first === "--help" || first === "-h" || first === "help"))) {
  const { rootHelp } = await import("./help/root.ts");
  // Nothing to do is a mistake in a script; help goes where it does not pollute a result.
  (args.length === 0 ? process.stderr : process.stdout).write(rootHelp());
  if (args.length === 0) process.exitCode = 2;
} else {
  const { main } = await import("./program/main.ts");
  const code = await main(args);
  process.exitCode ||= code;
  // A request that is not waited for any more would keep the process.
  if (code === 130) process.stdout.write("", () => process.exit());
}

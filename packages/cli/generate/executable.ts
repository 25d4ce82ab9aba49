// The compiler keeps the first line of the program, but not that the file may be run.
import { chmod } from "node:fs/promises";
import { join } from "node:path";

await chmod(join(import.meta.dirname, "..", "dist", "main.js"), 0o755);

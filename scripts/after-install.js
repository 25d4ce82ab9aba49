// The last step of an install. It runs on the machine's own Node, which may not know TypeScript.
import { execFileSync } from "node:child_process";

// npm leaves out the native parts of the tools (Vite, Astro) on a Node that is older than they ask for.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
  console.error(
    `Node ${process.versions.node} is too old to install this repository: the tools need 20.19, 22.12 or later. ` +
      "The published packages run on 20.12.",
  );
  process.exit(1);
}

// npm takes the link of the pinned Node away again, together with the packages of other platforms, until it is made anew.
const { npm_execpath: npm } = process.env;
const [program, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
execFileSync(program, [...first, "rebuild", "--ignore-scripts", "--loglevel=error"], {
  stdio: ["ignore", "ignore", "inherit"],
});

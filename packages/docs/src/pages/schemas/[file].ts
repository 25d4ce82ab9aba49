import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The JSON Schemas of the command line's package, for editors. */
const folder = new URL("schemas/", import.meta.resolve("@workspace-aps/cli/package.json"));

export async function getStaticPaths() {
  return (await readdir(fileURLToPath(folder))).map((file) => ({ params: { file } }));
}

export async function GET({ params }: { params: { file: string } }): Promise<Response> {
  return new Response(await readFile(new URL(params.file, folder), "utf8"));
}

import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The JSON Schemas of the command line's package, for editors, and for programs that read what it prints. */
const folder = new URL("schemas/", import.meta.resolve("@workspace-aps/cli/package.json"));

export async function getStaticPaths() {
  return (await readdir(fileURLToPath(folder))).map((file) => ({ params: { file } }));
}

/** Here a schema has the address of its file, so others refer to it by that. */
export async function GET({ params }: { params: { file: string } }): Promise<Response> {
  const text = await readFile(new URL(params.file, folder), "utf8");
  return new Response(
    text.replace(/^ {2}"\$id": .*\n/m, "").replace(/"\$ref": "([a-z-]+)(#|")/g, '"$ref": "$1.schema.json$2'),
  );
}

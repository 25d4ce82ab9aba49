// Scaffolds an operation: `npm run new:operation -- <OperationId> <method> <path>`. Overwrites nothing.
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { conventionsOf } from "./conventions.ts";
import { belowProject, componentOf, filesOf, type NewOperation, parametersOf, pathEntry } from "./files.ts";

// npm runs scripts in the folder of the repository.
const root = process.cwd();
const [operationId = "", method = "", path = ""] = process.argv.slice(2);
const conventions = await conventionsOf(join(root, "spec"));
const problems = [
  /^[A-Z][A-Za-z]+$/.test(operationId) || `<OperationId> must be in PascalCase; given was "${operationId}".`,
  /^(get|post|put|patch|delete)$/i.test(method) ||
    `<method> must be get, post, put, patch or delete; given was "${method}".`,
  belowProject.test(path) || `<path> must begin with /v1/{project_id}/ or /v2/{project_id}/; given was "${path}".`,
  ...parametersOf(path).map(
    (name) =>
      conventions.parameters.has(componentOf(name, path)) ||
      `{${name}} has no description. Write spec/components/parameters/${componentOf(name, path)}.yaml first.`,
  ),
].filter((problem) => typeof problem === "string");
if (problems.length > 0) {
  console.error(`Usage: npm run new:operation -- <OperationId> <method> <path>\n${problems.join("\n")}`);
  process.exit(2);
}

const sources = await readFile(join(root, "spec", "sources.yaml"), "utf8");
const operation: NewOperation = {
  operationId,
  method: method.toLowerCase() as NewOperation["method"],
  path,
  date: /^definitions:\n(?: .*\n)*? {2}date: (\S+)/m.exec(sources)?.[1] ?? "unknown",
};
const description = join(root, "spec", "openapi.yaml");
const text = await readFile(description, "utf8");
if (text.includes(`\n  ${path}:\n`)) {
  console.error(
    `The contract has ${path} already. Add the method ${operation.method} to its file in spec/paths by hand.`,
  );
  process.exit(1);
}
const files = Object.entries(filesOf(operation, conventions)).map(
  ([name, content]) => [join("spec", name), content] as const,
);
const changeset = `---\n"@workspace-aps/client": minor\n---\n\nThe operation ${operationId}.\n`;
const all = [...files, [join(".changeset", `${operationId.toLowerCase()}.md`), changeset] as const];
for (const [name] of all) {
  const exists = await access(join(root, name)).then(
    () => true,
    () => false,
  );
  if (!exists) continue;
  console.error(`${name} exists already. Nothing was written.`);
  process.exit(1);
}
for (const [name, content] of all) {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), content);
}
await writeFile(description, text.replace("\ncomponents:\n", `\n${pathEntry(path)}components:\n`));
console.log(`Written:\n${["spec/openapi.yaml", ...all.map(([name]) => name)].map((name) => `  ${name}`).join("\n")}`);
console.log(
  `
Next: fill in what is unknown, and what \`git grep --untracked "still to be" spec\` finds. Then
  npm run lint -w spec
  npm run build
  npm run test -w spec
  npm run spec:review -- --base main`,
);

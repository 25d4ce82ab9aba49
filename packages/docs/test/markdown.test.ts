import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { codesWith, jobOf, policyOf } from "../src/contract/answers.ts";
import type { Field } from "../src/contract/fields.ts";
import { editions, englishEdition } from "../src/edition/edition.ts";
import { twinOf } from "../src/markdown/twin.ts";
import { exampleCall } from "../src/samples/call.ts";
import { samplesOf } from "../src/samples/samples.ts";
import { tried } from "./share.ts";

const site = join(import.meta.dirname, "..", "dist");
const twins = new Set((await readdir(site, { recursive: true })).filter((file) => file.endsWith(".md")));
const flat = (text: string) => text.replaceAll("\\|", "|").replaceAll(/\s+/g, " ").trim();

describe.each(editions)("the Markdown of an operation in $language", ({ operations, contract, link }) => {
  it.each(operations.map((operation) => [operation.id, operation] as const))(
    "%s says all that the page says",
    async (_id, operation) => {
      const text = flat(await readFile(join(site, link(`/reference/${operation.slug}.md`)), "utf8"));
      const { description, parameters, body, responses, quirks, authorization, source, rateLimit } = operation;
      const answers = responses.filter(({ status }) => status.startsWith("2"));
      const said = [
        operation.summary,
        `${operation.method} ${operation.path}`,
        description,
        ...[...parameters, ...(body?.fields ?? []), ...answers.flatMap(({ fields }) => fields)].flatMap(factsOf),
        ...responses.flatMap(({ status, description: meaning }) => [
          status,
          meaning,
          ...codesWith(contract, operation.service, status),
        ]),
        ...[...(body?.examples ?? []), ...answers.flatMap(({ examples }) => examples)].flatMap(({ title, json }) => [
          title,
          json,
        ]),
        ...samplesOf(operation).map(({ write }) => write(operation, exampleCall(operation))),
        ...quirks.flatMap(({ says, decision, reason }) => [says, decision, reason]),
        ...(authorization === undefined ? [] : [policyOf(authorization) ?? "", ...authorization.conditionKeys]),
        ...Object.values(operation.preconditions).flat(),
        jobOf(contract, operation)?.type ?? "",
        rateLimit === "unknown" ? "" : (rateLimit ?? ""),
        ...(source?.source.map((key) => contract["x-aps-sources"][key]?.title ?? key) ?? []),
      ];
      const missing = said.filter((fact) => !text.includes(flat(fact)));
      expect(missing).toEqual([]);
    },
  );
});

function factsOf(field: Field): string[] {
  const { name, type, description, limits, values, pattern = "", defaultValue = "", example = "" } = field;
  return [
    name,
    type,
    description,
    ...limits,
    ...values,
    pattern,
    defaultValue,
    example,
    ...field.children.flatMap(factsOf),
  ];
}

describe("every Markdown page", () => {
  it("is Markdown and nothing else, and leads to other pages that are", async () => {
    expect(twins.size).toBeGreaterThan(300);
    for (const file of twins) {
      const text = await readFile(join(site, file), "utf8");
      const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, "").replaceAll(/`[^`]*`/g, "");
      expect(prose, file).toMatch(/^# \S/);
      expect(prose.match(/<\/?[A-Za-z]|^import /gm), file).toBeNull();
      const links = [...prose.matchAll(/\]\(\/([^)]*\.md)\)/g)].map(([, target = ""]) => target);
      expect(
        links.filter((target) => !twins.has(target)),
        file,
      ).toEqual([]);
      const pages = [...prose.matchAll(/\]\((\/[^)]*\/)\)/g)].map(([, target]) => target);
      expect(
        pages.filter((target) => !target?.endsWith("/redoc/")),
        file,
      ).toEqual([]);
    }
  });

  it("shows the code of a guide, and what the file is called", async () => {
    const twin = await readFile(join(site, "guides", "first-image.md"), "utf8");
    expect(twin).toContain("`make-image.ts`:\n\n```ts\n");
    expect(twin).toContain("await createImage(client, {");
  });

  it("has links where the page has cards, and no drawing", () => {
    const body = `import { CardGrid } from "x";

<CardGrid>
  <LinkCard title="A" href="/a/#b" description="About a." />
</CardGrid>

<div class="drawing" id="d"><svg><title>t</title></svg></div>

[Start](/) and [quirk](/quirks/#x).`;
    expect(twinOf({ title: "T", description: "D.", body }, String)).toBe(
      "# T\n\nD.\n\n- [A](/a.md): About a.\n\n[Start](/index.md) and [quirk](/quirks.md).\n",
    );
  });
});

const withPolicy = englishEdition.operations.filter(
  (operation) => operation.service === "streaming" && operation.authorization && policyOf(operation.authorization),
);

it.each(tried(withPolicy).map((operation) => [operation.id, operation] as const))(
  "the policy of %s is the one that aps prints",
  async (id, { authorization }) => {
    const aps = join(import.meta.dirname, "..", "..", "cli", "dist", "main.js");
    const { stdout } = await promisify(execFile)(process.execPath, [aps, "policy", id]);
    const shown = JSON.parse((authorization && policyOf(authorization)) ?? "{}");
    for (const statement of shown.Statement) statement.Action.sort();
    expect(JSON.parse(stdout)).toEqual(shown);
  },
);

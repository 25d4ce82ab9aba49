import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serverId, start, startTarget, type Target } from "./aps.ts";

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target[Symbol.asyncDispose]());

const create = ["image", "create"];
const named = [...create, serverId, "--name"];
const cases: readonly (readonly [title: string, args: readonly string[], says: readonly string[]])[] = [
  ["name missing", [...create, serverId], ["--name is required"]],
  ["name empty", [...named, ""], ["--name must not be empty"]],
  ["name of 129 characters", [...named, "a".repeat(129)], ["--name must have at most 128 characters, not 129"]],
  ["name with a space at the start", [...named, " a"], ["--name must match", "No space at either end"]],
  ["name with a space at the end", [...named, "a "], ["--name must match"]],
  ["name with a tab", [...named, "a\tb"], ["--name must match"]],
  ["name with a slash", [...named, "a/b"], ["--name must match"]],
  ["name with é", [...named, "é"], ["--name must match"]],
  ["name with an emoji", [...named, "a😀"], ["--name must match"]],
  ["description with <", [...named, "a", "--description", "a<b"], ["--description must match"]],
  ["description with a line break", [...named, "a", "--description", "a\nb"], ["--description must match"]],
  ["description with a space at the start", [...named, "a", "--description", " a"], ["--description must match"]],
  [
    "description of 1025 characters",
    [...named, "a", "--description", "a".repeat(1025)],
    ["--description must have at most 1024"],
  ],
  ["a value for sysprep", [...named, "a", "--sysprep=true"], ["--sysprep takes no value"]],
  ["an unknown option", [...named, "a", "--descripton", "b"], ["Did you mean --description?"]],
  ...["../x", "a/b", "a?b", "a%2Fb", ".."].map(
    (id) => [`server id ${id}`, [...create, id, "--name", "a"], ["<server-id> must match"]] as const,
  ),
  ["server id empty", [...create, "", "--name", "a"], ["<server-id> must not be empty"]],
  ["server id of 129 characters", [...create, "a".repeat(129), "--name", "a"], ["<server-id> must have at most 128"]],
  ["server id missing", [...create, "--name", "a"], ["<server-id> is required"]],
  [
    "a group of options missing",
    ["server", "create", "--name", "a"],
    ["--root-volume-type is required: one of ESSD, SSD", "--root-volume-size is required.", "--vpc-id is required."],
  ],
  [
    "all that is wrong with values, together",
    ["server", "create", "--name", "bad name!", "--root-volume-type", "FLOPPY"],
    ["--root-volume-type must be one of ESSD, SSD", 'given was "FLOPPY"', "--name must match", "--vpc-id is required."],
  ],
  ["a switch missing", ["server", "delete", "a"], ["--recursive is required, or --no-recursive."]],
  ["a field that is none", ["server", "list", "--fields", "id,nmae"], ['"nmae" is not a field. Did you mean name?']],
  ["a field to sort by that is none", ["server", "list", "--sort=-tiem"], ["--sort"]],
  ["a query that is none", ["server", "list", "--query", "items[?"], ["--query: "]],
  ["a proxy that is none", ["server", "list", "--proxy", "ht!tp:::"], ["--proxy must be the URL of an http or https"]],
  [
    "certificates that are not there",
    ["server", "list", "--ca-file", "no.pem"],
    ['--ca-file: the file "', "does not exist"],
  ],
  ["an operation that is none", ["policy", "RecreateServerImag"], ["Did you mean RecreateServerImage?"]],
  ["nobody to ask", ["server", "delete", serverId, "--recursive"], ["Give --yes if you mean it."]],
  ["nothing to change", ["server", "update", serverId], ["Nothing to change. Give --name or --description."]],
  ["a value too many", [...named, "a", "b"], ['"b" is one value too many']],
];

test.each(cases)("%s: exit code 2, the argument and the rule, nothing sent", async (_title, args, says) => {
  const before = target.emulator.requests.length;
  const run = await target.aps(...args);
  expect(run.code).toBe(2);
  for (const text of says) expect(run.err).toContain(text);
  expect(run.err).toMatch(/\n {5}See aps [a-z -]+ --help\n$/);
  expect(run.err).not.toContain("is unknown");
  expect(run.out).toBe("");
  expect(target.emulator.requests.length).toBe(before);
});

test("a region that is missing hides nothing else that is wrong", async () => {
  const { code, err } = await start(["server", "create", "--name", "bad name!"]).ended;
  expect(code).toBe(2);
  for (const text of ["No region. Give --region", "--name must match", "--vpc-id is required."])
    expect(err).toContain(text);
});

test.each([[["--help"]], [["image", "--help"]], [["image", "create", "--help"]]])(
  "%j is no wider than a narrow terminal, but for commands to copy and words that cannot be broken",
  async (args) => {
    const { out } = await start(args, {}, { terminal: { columns: 40, rows: 12 } }).ended;
    const wide = stripVTControlCharacters(out)
      .split("\n")
      .filter((line) => line.length > 40 && line.trim().includes(" ") && !/^ +(Example: )?aps /.test(line));
    expect(wide).toEqual([]);
  },
);

test.each([
  [["help", "enviroment"], "Did you mean aps help environment?"],
  [["help", "imgae"], "Did you mean aps image?"],
  [["help", "image", "craete"], "Did you mean aps image create?"],
])("%j: the topic or command that is near", async (args, says) => {
  const { code, err } = await start(args).ended;
  expect([code, err.includes(says)]).toEqual([2, true]);
});

test("an empty text is a value: it clears a description", async () => {
  const run = await target.aps("server", "update", serverId, "--description", "", "--dry-run", "-o", "json");
  expect([run.code, run.json().body]).toEqual([0, { description: "" }]);
});

test.each([["a".repeat(128)], ["黄金镜像"], ["-a"]])("the name %s passes", async (name) => {
  const run = await target.aps(...create, serverId, `--name=${name}`, "--dry-run", "-o", "json");
  expect(run.code).toBe(0);
  expect(run.json().body).toEqual({ name });
});

test("a body is judged by its own names, and what has one possible value is told", async () => {
  const input = JSON.stringify({ authorize_accounts: [{ account: "a", domain: "d" }] });
  const { err } = await start(["server", "create", "--body", "-"], target.environment, { input }).ended;
  expect(err).toContain('authorize_accounts[0].account_type is required in the body: "USER"');
});

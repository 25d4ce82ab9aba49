import { expect, it } from "vitest";
import { commands } from "../generated/commands.ts";
import { spell } from "./spell.ts";

function command(...words: readonly string[]) {
  const found = commands.find((one) => one.words.join(" ") === words.join(" "));
  if (found === undefined) throw new Error(`There is no command ${words.join(" ")}.`);
  return found;
}

it("puts path values first, then flags under their short names, and a false switch as its negation", () => {
  const body = { name: "office 2026", execute_sysprep: false };
  expect(spell(command("image", "create"), { path: { server_id: "s1" }, query: {}, body })).toEqual([
    ...["image", "create", "s1", "--name", "office 2026", "--no-sysprep"],
  ]);
});

it("gives a list of ids by position", () => {
  const [words] = commands.filter(({ operationId }) => operationId === "BatchDeleteImageSubJobs");
  if (words === undefined) throw new Error("There is no such command.");
  expect(spell(words, { path: {}, query: {}, body: { items: ["1", "2"] } })).toEqual([...words.words, "1", "2"]);
});

it("escapes a comma within a field of an object", () => {
  const body = { tags: [{ key: "team", value: "a,b" }] };
  expect(spell(command("server", "create"), { path: {}, query: {}, body })).toContain("key=team,value=a\\,b");
});

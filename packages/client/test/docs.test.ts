import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const entries = ["index", "sign/index", "node/index"].map((entry) =>
  join(import.meta.dirname, "..", "src", `${entry}.ts`),
);
/** Types of the wire as openapi-typescript makes them: their members are documented, they are not. */
const made = new Set(["components", "operations", "paths"]);

it("every public symbol says what it is", () => {
  const program = ts.createProgram(entries, {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const symbols = entries.flatMap((entry) => {
    const source = program.getSourceFile(entry);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    return module === undefined ? [] : checker.getExportsOfModule(module);
  });
  expect(symbols.length).toBeGreaterThan(60);
  const silent = symbols
    .filter(({ name }) => !made.has(name))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
    .map(({ name }) => name);
  expect(silent).toEqual([]);
});

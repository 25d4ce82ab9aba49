import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const entries = ["index", "sign/index", "node/index"].map((entry) =>
  join(import.meta.dirname, "..", "src", `${entry}.ts`),
);
/** Types of the wire as openapi-typescript makes them: their members are documented, they are not. */
const made = new Set(["components", "operations", "paths"]);

it("every public symbol says what it is", () => {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    noLib: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  // Only files of this package are read: what others export is theirs to document.
  host.resolveModuleNameLiterals = (literals, file) =>
    literals.map(({ text }) =>
      text.startsWith(".") ? ts.resolveModuleName(text, file, options, host) : { resolvedModule: undefined },
    );
  const program = ts.createProgram(entries, options, host);
  const checker = program.getTypeChecker();
  const aliasedBy = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const isDocumented = (symbol: ts.Symbol) =>
    symbol.getDocumentationComment(checker).length > 0 ||
    symbol.declarations?.some(
      (node) => ts.isNamespaceExport(node) && ts.getJSDocCommentsAndTags(node.parent).length > 0,
    );
  const symbols = entries.flatMap((entry) => {
    const source = program.getSourceFile(entry);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    return module === undefined ? [] : checker.getExportsOfModule(module);
  });
  expect(symbols.length).toBeGreaterThan(60);
  const silent = symbols
    .filter(({ name }) => !made.has(name))
    .filter((symbol) => !isDocumented(symbol) && !isDocumented(aliasedBy(symbol)))
    .map(({ name }) => name);
  expect(silent).toEqual([]);
});

import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { Contract, Schema } from "./contract.ts";

const anyString = ts.factory.createIntersectionTypeNode([
  ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
  ts.factory.createTypeLiteralNode([]),
]);

/**
 * The TypeScript types of a document. A list of values that the contract leaves open becomes a union of its known
 * values with `string & {}`, so that an editor offers the known ones and the compiler accepts the others.
 */
export async function typesOf(contract: Contract): Promise<string> {
  const nodes = await openapiTS(contract as unknown as OpenAPI3, {
    alphabetize: false,
    defaultNonNullable: false,
    transform: (schema) => openEnum(schema as Schema),
  });
  return `// Made from the contract. Changes here are lost.\n${astToString(nodes)}`;
}

function openEnum(schema: Schema): ts.TypeNode | undefined {
  if (schema.type !== "string" || !Array.isArray(schema.anyOf)) return undefined;
  const known = (schema.anyOf as Schema[]).flatMap((branch) => (branch.enum as string[] | undefined) ?? []);
  const literals = known.map((value) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(value)));
  return ts.factory.createUnionTypeNode([...literals, anyString]);
}

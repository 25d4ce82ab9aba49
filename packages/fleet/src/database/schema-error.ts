/** The tables are not those that this version works with. Nothing was read or written. */
export class SchemaError extends Error {
  override name = "SchemaError";
}

/** Constants as a list of SQL, such as `'job', 'made'`. Nothing that was given may get here. */
export function literals(texts: readonly string[]): string {
  return texts.map((text) => `'${text}'`).join(", ");
}

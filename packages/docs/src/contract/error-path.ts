/** The path of the page of an error code, without the language. */
export function errorPath(code: string): string {
  return `/errors/${code.toLowerCase().replaceAll(".", "-")}/`;
}

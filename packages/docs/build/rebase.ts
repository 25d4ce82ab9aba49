/** Puts a path before every link of a page, in HTML or Markdown, that begins at the root of the host and not with that path. */
export function rebase(text: string, base: string): string {
  return text.replaceAll(/(\bhref="|\]\()(\/[^")\s]*)/g, (link, before: string, path: string) =>
    path === base || path.startsWith(`${base}/`) || path.startsWith("//") ? link : `${before}${base}${path}`,
  );
}

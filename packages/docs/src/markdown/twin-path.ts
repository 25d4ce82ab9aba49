/** The path of a page as Markdown: `/jobs.md` of `/jobs/`. */
export function twinPath(pathname: string): string {
  const isStart = /^\/([a-z]{2}-[a-z]{2}\/)?$/.test(pathname);
  return isStart ? `${pathname}index.md` : `${pathname.replace(/\/$/, "")}.md`;
}

import { defineRouteMiddleware } from "@astrojs/starlight/route-data";
import { atRoot } from "./edition/language.ts";
import { twinPath } from "./markdown/twin-path.ts";

/** Tells programs where a page is as Markdown. */
export const onRequest = defineRouteMiddleware(({ locals, url }) => {
  const { entry, head } = locals.starlightRoute;
  if (isNotFound(entry.id)) return;
  head.push({
    tag: "link",
    attrs: { rel: "alternate", type: "text/markdown", href: twinPath(atRoot(url.pathname)) },
    content: "",
  });
});

/** Whether an entry is what a host answers when there is no page. */
export function isNotFound(id: string): boolean {
  return /(^|\/)404$/.test(id);
}

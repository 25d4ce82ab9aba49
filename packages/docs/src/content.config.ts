import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import type { Loader } from "astro/loaders";
import { z } from "astro/zod";
import { editions } from "./edition/edition.ts";
import { contractPages } from "./markdown/pages.ts";

/** A translated page names the state of the English one that was translated, see `test/translations.test.ts`. */
const extend = z.object({ translates: z.string().optional() });
const written = docsLoader();

/** Pages that were written by hand, and those that are made from the contract. */
const loader: Loader = {
  name: "pages",
  async load(context) {
    await written.load(context);
    for (const edition of editions) {
      for (const { id, title, description, body, contentsTo = 3 } of await contractPages(edition)) {
        const key = edition.locale === undefined ? id : `${edition.locale}/${id}`;
        const hasSections = /^## /m.test(body);
        const tableOfContents = hasSections && { minHeadingLevel: 2, maxHeadingLevel: contentsTo };
        const data = await context.parseData({ id: key, data: { title, description, tableOfContents } });
        context.store.set({ id: key, data, body, rendered: await context.renderMarkdown(body) });
      }
    }
  },
};

export const collections = { docs: defineCollection({ loader, schema: docsSchema({ extend }) }) };

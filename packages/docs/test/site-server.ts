// Once for all tests: serves the built site on loopback, and starts the browser that comes with the development dependencies.
import { readFile, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import packaged from "@sparticuz/chromium";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { browserOptions } from "../../../scripts/suite/browser.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the site is. */
    siteUrl: string;
    /** Where the browser can be driven. */
    browserEndpoint: string;
  }
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { url, server } = await serveFolder(join(import.meta.dirname, "..", "dist"));
  const browser = await chromium.launchServer({
    ...(await browserOptions(packaged)),
    host: "127.0.0.1",
  });
  provide("siteUrl", url);
  provide("browserEndpoint", browser.wsEndpoint());
  return async () => {
    await browser.close();
    server.close();
  };
}

/** Serves a folder as any static host does. */
async function serveFolder(folder: string): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const file = join(folder, path);
    const target = (await isFolder(file)) ? join(file, "index.html") : file;
    const body = await readFile(target).catch(() => undefined);
    const type = types[body === undefined ? ".html" : extname(target)] ?? "application/octet-stream";
    response.writeHead(body === undefined ? 404 : 200, { "Content-Type": type });
    response.end(body ?? (await readFile(join(folder, "404.html"))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

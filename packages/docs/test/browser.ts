import { readFile, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import packaged from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The built site, served on loopback, and a browser to read it with. */
export interface Site {
  readonly url: string;
  readonly browser: Browser;
}

/** Serves the built site and starts a browser, once for a file of tests. */
export function useSite(): Site {
  const site = {} as { url: string; browser: Browser };
  let server: Server;
  beforeAll(async () => {
    ({ url: site.url, server } = await serveFolder(join(import.meta.dirname, "..", "dist")));
    site.browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await site.browser?.close();
    server?.close();
  });
  return site;
}

/** Serves a folder as any static host does. */
async function serveFolder(folder: string): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const file = join(folder, path);
    const target = (await isFolder(file)) ? join(file, "index.html") : file;
    const body = await readFile(target).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      "Content-Type": types[extname(target)] ?? "application/octet-stream",
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** Starts the browser that comes with the development dependencies. */
async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    // Without these it asks its maker's hosts for updates.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

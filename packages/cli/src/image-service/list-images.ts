import type { Client, Credential } from "@workspace-aps/client";
import { signRequest } from "@workspace-aps/client/sign";
import { UsageError } from "../arguments/usage-error.ts";
import { networkOf } from "../connection/network.ts";
import { isLoopback } from "../connection/speed.ts";
import { imageServiceHost, imageServiceRegions, listImagesPath } from "../generated/image-service.ts";
import type { Context } from "../program/context.ts";
import { ImageServiceError } from "./image-service-error.ts";

/** An image as the image service lists it, as far as it is shown. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly created_at?: string;
  readonly [name: string]: unknown;
}

const page = 100;

/**
 * Lists private images of the image service.
 *
 * @param filter values of its query parameters, such as `name`.
 * @throws ImageServiceError when it refuses or is not reached.
 */
export async function listImages(
  context: Context,
  client: Client,
  filter: Readonly<Record<string, string>>,
): Promise<readonly Image[]> {
  const found: Image[] = [];
  for (let marker: string | undefined; ; ) {
    const query = new URLSearchParams({
      __imagetype: "private",
      limit: String(page),
      ...filter,
      ...(marker === undefined ? {} : { marker }),
    });
    const { images = [] } = (await get(context, client, `${listImagesPath}?${query}`)) as { images?: readonly Image[] };
    found.push(...images);
    marker = images.at(-1)?.id;
    if (images.length < page || marker === undefined) return found;
  }
}

async function get(context: Context, client: Client, path: string): Promise<unknown> {
  const { settings } = client;
  const url = `${hostFor(context, client)}${path}`;
  const { fetch } = networkOf(context.settings, context.host);
  const credential = await settings.credentials(settings);
  const signal = AbortSignal.any([context.interruption.signal, AbortSignal.timeout(settings.timeoutMs)]);
  let response: Response;
  let text: string;
  try {
    const headers = await headersFor(credential, url, client.serviceClock.now());
    response = await fetch(url, { headers, redirect: "manual", signal });
    text = await response.text();
  } catch (error) {
    context.interruption.signal.throwIfAborted();
    throw new ImageServiceError(undefined, error instanceof Error ? error.message : String(error));
  }
  if (!response.ok) throw new ImageServiceError(response.status, `status ${response.status}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new ImageServiceError(response.status, "its answer is not JSON");
  }
}

async function headersFor(credential: Credential, url: string, nowMs: number): Promise<Record<string, string>> {
  if (credential.type === "token") return { "x-auth-token": credential.token };
  return { ...(await signRequest({ method: "GET", url }, credential, new Date(nowMs))) };
}

/** An emulator has the image service at its own endpoint. */
function hostFor({ settings, info }: Context, client: Client): string {
  const { endpoint } = client.settings;
  if (isLoopback(endpoint)) return endpoint;
  const region = settings.text("region");
  if (region === undefined || !imageServiceRegions.includes(region))
    throw new UsageError("The image service is found by --region, and none is given that it knows.", info.words);
  return imageServiceHost.replace("{region}", region);
}

import type { Client } from "../../client.ts";
import type { CallOptions } from "../../method.ts";
import { methodsOf } from "../../methods.ts";
import { paginate } from "../paginate.ts";
import type { ServiceImage } from "./image-service.ts";
import { pruneOperations } from "./prune-operations.ts";

/**
 * Who uses which image: server groups, application servers, image servers, and images that were made from it.
 *
 * @param images the images that may have been made from one.
 * @param call what the requests are given.
 * @returns by the id of an image the first that was found, as a sentence.
 */
export async function usersOfImages(
  client: Client,
  images: readonly ServiceImage[],
  call?: CallOptions,
): Promise<Map<string, string>> {
  const methods = methodsOf(client, pruneOperations);
  const users = new Map<string, string>();
  const add = (id: string | undefined, who: string) => id && !users.has(id) && users.set(id, `It is used by ${who}.`);
  for await (const group of paginate(methods.listServerGroups, {}, call))
    add(group.image_id, `server group ${group.name}`);
  for await (const server of paginate(methods.listServers, {}, call))
    add(server.image_id, `application server ${server.name}`);
  for await (const server of paginate(methods.listImageServers, {}, call)) {
    add(server.image_id, `image server ${server.name}`);
    add(server.image_ref?.id, `image server ${server.name}`);
  }
  for (const image of images) add(image.__originalimagename, `image ${image.name}, which was made from it`);
  return users;
}

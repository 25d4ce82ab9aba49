import { glanceDeleteImage, listImages } from "../../generated/ims-operations.ts";
import { listImageServers, listServerGroups, listServers } from "../../generated/operations.ts";

/** The operations that pruning images calls: those of the image service, and the lists of who uses an image. */
export const pruneOperations = { glanceDeleteImage, listImages, listImageServers, listServerGroups, listServers };

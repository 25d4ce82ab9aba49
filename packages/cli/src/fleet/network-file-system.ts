import { statfs } from "node:fs/promises";

/** Numbers of file systems whose files are on another machine, from Linux's `magic.h` and the file systems' own headers. */
const networks: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB"],
  [0x517b, "SMB"],
  [0x65735546, "FUSE"],
  [0x01021997, "9p"],
  [0x00c36400, "Ceph"],
  [0x5346414f, "AFS"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
]);

/**
 * The name of the network file system that a folder is on. Such a system may show late what another machine has written, so
 * that a run there may not be seen. Undefined for a local disk, and where the platform does not tell.
 */
export async function networkFileSystem(folder: string): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  const { type } = await statfs(folder);
  return networks.get(type >>> 0);
}

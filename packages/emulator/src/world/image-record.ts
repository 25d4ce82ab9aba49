import type { WorldImageFacts } from "./world-streaming.ts";

/** An image, as the image service knows it. */
export interface ImageRecord {
  readonly id: string;
  readonly name: string;
  /** The image server that it was made from; empty where none has made it. */
  readonly serverId: string;
  readonly createdAtMs: number;
  /** gold: public; private: the project's own. */
  readonly imageType: string;
  readonly osType: string;
  readonly osVersion: string;
  /** In GB. */
  readonly minDisk: number;
  readonly status: string;
  readonly isProtected: boolean;
  readonly enterpriseProjectId: string;
  tags: Readonly<Record<string, string>>;
}

/** Makes the record of an image, ordinary where nothing else is said. */
export function imageOf(
  facts: WorldImageFacts & { readonly serverId?: string; readonly type?: string },
  createdAtMs: number,
): ImageRecord {
  return {
    id: facts.id,
    name: facts.name,
    serverId: facts.serverId ?? "",
    createdAtMs,
    imageType: facts.type ?? "private",
    osType: facts.osType ?? "Windows",
    osVersion: facts.osVersion ?? "Windows Server 2019 Datacenter 64bit",
    minDisk: facts.minDisk ?? 40,
    status: facts.status ?? "active",
    isProtected: facts.isProtected ?? false,
    enterpriseProjectId: facts.enterpriseProjectId ?? "0",
    tags: { ...facts.tags },
  };
}

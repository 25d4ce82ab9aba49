/** What is made together with an image server and stands behind it. It costs until it is deleted. */
export interface Machinery {
  /** The `id` of the image server. */
  readonly imageServerId: string;
  readonly serverGroupId: string;
  readonly appGroupId: string;
  readonly serverId: string;
  readonly instanceId: string;
}

/** Notes what is behind an image server that has been created. */
export function addMachinery(
  machinery: Map<string, Machinery>,
  server: {
    readonly id: string;
    readonly server_group_id: string;
    readonly app_group_id: string;
    readonly server_id: string;
    readonly instance_id: string;
  },
): void {
  machinery.set(server.id, {
    imageServerId: server.id,
    serverGroupId: server.server_group_id,
    appGroupId: server.app_group_id,
    serverId: server.server_id,
    instanceId: server.instance_id,
  });
}

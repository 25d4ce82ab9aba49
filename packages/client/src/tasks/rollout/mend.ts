import type { RolloutPlan } from "./rollout-plan.ts";

/** Commands of `aps` that mend what a rollout has left, one for each thing. */
export const mend = {
  /** Puts a server back into service. */
  drained: (serverId: string) => `aps app-server update ${serverId} --no-maintain-status`,
  /** Installs the image of a server again. */
  broken: (serverId: string) => `aps app-server reinstall --server-ids ${serverId}`,
  /** Switches scaling on as it was. */
  scaling: ({ group, scaling }: RolloutPlan) =>
    ["aps scaling set", ...flagsOf("", { server_group_id: group.id, ...scaling, enable: true })].join(" "),
  /** Shows which image a group has. */
  group: ({ group }: RolloutPlan) => `aps group show ${group.id}`,
};

function flagsOf(prefix: string, values: object): string[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    const flag = `${prefix}${name.replaceAll("_", "-")}`;
    if (typeof value === "boolean") return [value ? `--${flag}` : `--no-${flag}`];
    if (typeof value === "object" && value !== null) return flagsOf(`${flag}-`, value);
    return value === undefined || value === null ? [] : [`--${flag} ${String(value)}`];
  });
}

import type { RolloutReport, ServerReport } from "@workspace-aps/client";
import { testSuite, xml } from "../fleet/junit.ts";

/** The report as JUnit XML, which build servers show: a test case per server. */
export function rolloutJunit({ servers }: Pick<RolloutReport, "servers">): string {
  const failed = servers.filter(isFailed).length;
  const skipped = servers.filter((server) => isSkipped(server)).length;
  const counts = `tests="${servers.length}" failures="${failed}" errors="0" skipped="${skipped}"`;
  return testSuite("aps rollout", counts, servers.map(testCase));
}

function testCase(server: ServerReport): string {
  const { id, name, state, reason = "" } = server;
  const open = `    <testcase classname="${xml(id)}" name="${xml(name)}"`;
  const message = `${state}${reason === "" ? "" : `: ${reason}`}`;
  if (isFailed(server)) return `${open}><failure message="${xml(message)}" type="${xml(state)}"/></testcase>`;
  if (isSkipped(server)) return `${open}><skipped message="${xml(message)}"/></testcase>`;
  return `${open}/>`;
}

function isFailed({ state }: ServerReport): boolean {
  return state === "failed";
}

function isSkipped({ state, imageId }: ServerReport): boolean {
  return state !== "moved" && state !== "failed" && imageId !== "";
}

import { createClient, fromEnvironment, memoryRolloutJournal, planRollout, rollOut } from "@workspace-aps/client";

const client = createClient({ region: "ap-southeast-1", credentials: fromEnvironment() });

const plan = await planRollout(client, {
  serverGroupId: "bc05da52-89df-45ba-8146-13fe3ce7c45a",
  imageId: "f5d443de-a623-4950-a74d-569fe63c1f7a",
  maxUnavailable: "25%",
});
// Note the steps where they outlive the process to go on after it has died.
const report = await rollOut(client, plan, {
  journal: memoryRolloutJournal(),
  drain: { timeoutMs: 3_600_000, atTimeout: "skip" },
  onFailure: "roll back",
});
for (const { name, state, reason = "" } of report.servers) console.log(name, state, reason);
for (const { says, mend } of report.leftovers) console.log(says, "Mend it with:", mend);

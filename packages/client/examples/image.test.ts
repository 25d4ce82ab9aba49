import { accessKey, createClient, createImage, waitForImageJob } from "@workspace-aps/client";
import { listImageJobs } from "@workspace-aps/client/operations";
import { useEmulator } from "@workspace-aps/emulator/vitest";
import { expect, it } from "vitest";

// Starts an emulator for this file, and empties it after each test.
const aps = useEmulator({ jobs: "instant" });

it("makes one image although the answer is lost", async () => {
  aps.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "cut", afterWork: true } });
  const client = createClient({
    operations: { listImageJobs },
    endpoint: aps.url,
    projectId: "a4da8115c9d8464ead3a38309130523f",
    credentials: accessKey({
      accessKeyId: "APSEMULATORACCESSKEY",
      secretAccessKey: "aps-emulator-secret-access-key",
    }),
  });

  const { jobId } = await createImage(client, { serverId: "25b1dd14-0c84-4558-aa57-03a6c54b8e75", name: "office" });
  const image = await waitForImageJob(client, jobId, { firstLookMs: 0 });

  expect(image.imageName).toBe("office");
  expect((await client.listImageJobs({ query: { job_type: "CREATE_SERVER_IMAGE" } })).count).toBe(1);
});

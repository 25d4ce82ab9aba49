import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { describe, expect, it } from "vitest";
import * as operations from "../src/generated/operations.ts";
import {
  accessKey,
  type CredentialSource,
  createClient,
  createImage,
  fromEnvironment,
  password,
  token,
  waitForImageJob,
} from "../src/index.ts";

const [project] = defaultWorld.projects;
const [server] = defaultWorld.servers;
const [user] = defaultWorld.users;
const [key] = user?.accessKeys ?? [];
if (!project || !server || !user || !key) throw new Error("The default world is empty.");
const keys = accessKey({ accessKeyId: key.id, secretAccessKey: key.secret });
const image = { serverId: server.id, name: "image_name_0508", description: "This is an image recreate desc." };

function setUp(credentials: CredentialSource, options: { projectId?: string } = {}) {
  const emulator = createEmulator({ speed: 0 });
  const client = createClient({
    operations,
    region: "ap-southeast-1",
    endpoint: "http://127.0.0.1:4010",
    credentials,
    fetch: emulator.fetch,
    // Time passes for the emulator while the client sleeps.
    sleep: async (ms) => emulator.clock.advance(ms),
    now: emulator.clock.now,
    ...options,
  });
  return { emulator, client };
}

describe("the main job", () => {
  it.each([
    ["an access key", keys],
    ["a password", password({ domainName: user.domain, userName: user.name, password: user.password ?? "" })],
    ["the environment", fromEnvironment({ HUAWEICLOUD_SDK_AK: key.id, HUAWEICLOUD_SDK_SK: key.secret })],
  ])("makes the vendor's example image with %s, and finds the project by its region", async (_name, credentials) => {
    const { emulator, client } = setUp(credentials);
    const job = await createImage(client, image);
    expect(job.jobId).toMatch(/^\d{18}$/);
    expect(await client.showImageServer({ path: { server_id: server.id } })).toMatchObject({ status: "BUILDING" });

    const seen: string[] = [];
    const made = await waitForImageJob(client, job.jobId, { onProgress: ({ status }) => seen.push(status) });
    expect(made.imageName).toBe("image_name_0508");
    const images = emulator.state.projects.get(project.id)?.images ?? new Map();
    expect([...images.keys()]).toEqual([made.imageId]);
    expect(new Set(seen)).toEqual(new Set(["RUNNING", "SUCCESS"]));
    expect(await client.showImageServer({ path: { server_id: server.id } })).toMatchObject({ status: "BUILT" });
    expect(emulator.violations).toEqual([]);
  });

  it("works with a token obtained elsewhere", async () => {
    const { emulator, client } = setUp(
      password({ domainName: user.domain, userName: user.name, password: user.password ?? "" }),
    );
    await client.projectId();
    const [value] = emulator.state.tokens.keys();
    const other = createClient({
      endpoint: "http://127.0.0.1:4010",
      projectId: project.id,
      credentials: token(value ?? ""),
      fetch: emulator.fetch,
    });
    expect((await createImage(other, image)).jobId).toMatch(/^\d{18}$/);
  });
});

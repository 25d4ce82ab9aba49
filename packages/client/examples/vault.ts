import { type Credential, type CredentialSource, createClient } from "@workspace-aps/client";

/** Keys from a vault of yours, read once and again when the service no longer accepts them. */
function fromVault(read: () => Promise<Credential>): CredentialSource {
  let kept: Promise<Credential> | undefined;
  return ({ refused }) => {
    if (refused !== undefined) kept = undefined;
    kept ??= read();
    return kept;
  };
}

const client = createClient({
  region: "ap-southeast-1",
  credentials: fromVault(async () => ({
    type: "accessKey",
    accessKeyId: process.env.HUAWEICLOUD_SDK_AK ?? "",
    secretAccessKey: process.env.HUAWEICLOUD_SDK_SK ?? "",
  })),
});

const { count } = await client.listImageServers();
console.log(`${count} image server(s).`);

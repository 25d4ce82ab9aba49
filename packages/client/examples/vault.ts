import { type Credential, type CredentialSource, CredentialsError, createClient } from "@workspace-aps/client";
import { listImageServers } from "@workspace-aps/client/operations";

/** Keys from a vault of yours, read once, and again when the service no longer accepts them. */
function fromVault(read: () => Promise<Credential>): CredentialSource {
  let reading: Promise<Credential> | undefined;
  let last: Credential | undefined;
  return async ({ refused }) => {
    if (refused !== undefined && refused === last) reading = last = undefined;
    reading ??= read().catch((cause) => {
      reading = undefined;
      // Says that it may pass, so that what waits for an image goes on waiting.
      throw new CredentialsError("The vault gives no keys.", { cause, isTransient: true });
    });
    last = await reading;
    return last;
  };
}

const client = createClient({
  operations: { listImageServers },
  region: "ap-southeast-1",
  credentials: fromVault(async () => ({
    type: "accessKey",
    accessKeyId: process.env.HUAWEICLOUD_SDK_AK ?? "",
    secretAccessKey: process.env.HUAWEICLOUD_SDK_SK ?? "",
  })),
});

const { count } = await client.listImageServers();
console.log(`${count} image server(s).`);

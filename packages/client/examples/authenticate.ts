import { createClient } from "@workspace-aps/client";
import { defaultCredentials } from "@workspace-aps/client/node";
import { listImageServers } from "@workspace-aps/client/operations";

// The environment, then the profile file, then the metadata service of a cloud server: the first that has something.
const client = createClient({
  region: "ap-southeast-1",
  credentials: defaultCredentials(),
  operations: { listImageServers },
});

const { count } = await client.listImageServers();
console.log(`${count} image server(s).`);

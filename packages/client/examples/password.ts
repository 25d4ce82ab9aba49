import { createClient, password } from "@workspace-aps/client";
import { listImageServers } from "@workspace-aps/client/operations";

const { APS_DOMAIN: domainName = "", APS_USER: userName = "", APS_PASSWORD: secret = "" } = process.env;

// One token for all calls. It is kept, and renewed before it expires, once, however many calls wait for it.
const client = createClient({
  operations: { listImageServers },
  region: "ap-southeast-1",
  credentials: password({ domainName, userName, password: secret }),
});

const { count } = await client.listImageServers();
console.log(`${count} image server(s).`);

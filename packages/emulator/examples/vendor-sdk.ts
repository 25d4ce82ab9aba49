import core from "@huaweicloud/huaweicloud-sdk-core";
import sdk from "@huaweicloud/huaweicloud-sdk-core/HcClient.js";
import http from "@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js";

// The core of the vendor's SDK, under each of its service packages. Only the endpoint is another.
const endpoint = process.env.EMULATOR ?? "http://127.0.0.1:4010";
const credentials = new core.BasicCredentials()
  .withAk("APSEMULATORACCESSKEY")
  .withSk("aps-emulator-secret-access-key")
  .withProjectId("a4da8115c9d8464ead3a38309130523f");
const client = new sdk.HcClient(new http.DefaultHttpClient({}, [endpoint]))
  .withEndpoints([endpoint])
  .withCredential(credentials);

const job = await client.sendRequest<Record<string, unknown>>({
  method: "POST",
  url: "/v1/{project_id}/image-servers/{server_id}/actions/recreate-image",
  contentType: "application/json",
  pathParams: {
    project_id: "a4da8115c9d8464ead3a38309130523f",
    server_id: "25b1dd14-0c84-4558-aa57-03a6c54b8e75",
  },
  queryParams: {},
  headers: {},
  data: { name: "office-2026-11" },
});
console.log(job.job_id);

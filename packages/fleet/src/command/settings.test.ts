import { expect, it } from "vitest";
import { clientFor } from "./settings.ts";

const place = { account: "", region: "", projectId: "p" };

it("is faster on this machine only, whatever a host is named like", () => {
  const speeded = (APS_ENDPOINT: string) => clientFor({ APS_ENDPOINT, APS_SPEED: "100" })(place).settings.endpoint;
  expect(speeded("http://localhost:4010")).toBe("http://localhost:4010");
  expect(speeded("http://[::1]:4010")).toBe("http://[::1]:4010");
  for (const host of ["http://localhost.example", "http://127.example", "https://aps.example", "localhost", ""])
    expect(() => speeded(host)).toThrow("APS_ENDPOINT must lead to this machine");
  expect(() => clientFor({ APS_SPEED: "fast" })).toThrow('given was "fast"');
});

it("waits shorter when it is faster, and no longer than anybody wants it", async () => {
  const { settings } = clientFor({ APS_ENDPOINT: "http://127.0.0.1:4010", APS_SPEED: "1000000" })(place);
  await settings.sleep(60_000);
  const reason = new Error("Enough.");
  await expect(settings.sleep(60_000_000_000, AbortSignal.abort(reason))).rejects.toBe(reason);
});

// The figures that the client promises, measured on this machine. Run with `npm run bench -w @workspace-aps/client`.
import { signRequest } from "@workspace-aps/client/sign";
import { compareCalls, median } from "./calls.ts";
import { waitForMany } from "./fleet.ts";
import { plainSignature } from "./plain.ts";
import { bundledKiB, makesAnImage } from "./size.ts";
import { importCost } from "./start.ts";

interface Row {
  readonly measured: string;
  readonly limit: string;
  readonly result: "pass" | "FAIL";
}

const rows: Record<string, Row> = {};
const atMost = (what: string, measured: number, digits: number, limit: number) => {
  rows[what] = {
    measured: measured.toFixed(digits),
    limit: `at most ${limit}`,
    result: measured <= limit ? "pass" : "FAIL",
  };
  // All of it takes minutes.
  console.log(`${what}: ${measured.toFixed(digits)}`);
};

atMost("bundle that makes an image, KiB after gzip", await bundledKiB(makesAnImage), 2, 15);
const imported = await importCost(31);
atMost("import, ms more than an empty process", imported.ms, 1, 15);
atMost("import, MiB more than an empty process", imported.mib, 2, 3);
const signing = await signatureRates();
rows["signatures per second"] = {
  measured: signing.ours.toFixed(0),
  limit: "at least 100000, or 1.3 times as long as by hand",
  result: signing.ours >= 100_000 || signing.ratio <= 1.3 ? "pass" : "FAIL",
};
for (const { what, ratio, limit } of await compareCalls(3, 15, 300)) atMost(`${what}, processor time`, ratio, 3, limit);
const fleet = await waitForMany(10_000);
atMost("10,000 jobs waited for, MiB more", fleet.mib, 1, 120);
atMost("10,000 jobs waited for, list calls per interval", fleet.listsPerInterval, 0, 110);
console.table(rows);

/** Signatures per second of the client, and how many times as long one takes as by hand; medians of pairs of rounds. */
async function signatureRates(): Promise<{ ours: number; ratio: number }> {
  const projectId = "a4da8115c9d8464ead3a38309130523f";
  const path = `/v1/${projectId}/image-servers/25b1dd14-0c84-4558-aa57-03a6c54b8e75/actions/recreate-image`;
  const host = "127.0.0.1:4010";
  const body = '{"name":"image_name_0508","description":"This is an image recreate desc."}';
  const headers = { "content-type": "application/json", "x-project-id": projectId };
  const request = { method: "POST", url: `http://${host}${path}`, headers, body };
  const key = { accessKeyId: "APSEMULATORACCESSKEY", secretAccessKey: "aps-emulator-secret-access-key" };
  const ours = () => signRequest(request, key);
  const plain = () =>
    plainSignature(
      { method: "POST", host, path, query: "", projectId, body },
      { id: key.accessKeyId, secret: key.secretAccessKey },
    );
  const rates: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < 21; round++) {
    const a = await seconds(ours);
    const b = await seconds(plain);
    rates.push(20_000 / a);
    ratios.push(a / b);
  }
  return { ours: median(rates), ratio: median(ratios) };
}

async function seconds(action: () => unknown): Promise<number> {
  const startedAt = performance.now();
  for (let count = 0; count < 20_000; count++) await action();
  return (performance.now() - startedAt) / 1000;
}

import { inspect } from "node:util";
import { expect, it } from "vitest";
import {
  accessKey,
  type ClientEvent,
  type ClientOptions,
  type CredentialSource,
  createClient,
  createImage,
  createImages,
  password,
  token,
  waitForImageJob,
  waitForImageJobs,
} from "../src/index.ts";
import { fromMetadata } from "../src/node/index.ts";
import { virtual, world } from "./world.ts";

/** No header carries it, and the error of `fetch` would show it. */
const unusual = "a line break\nunusual-secret-51c9";
const secrets = [
  world.key.secretAccessKey,
  world.user.password,
  "token-secret-7f3a",
  "security-secret-90ab",
  "metadata-secret-44de",
  "unusual-secret-51c9",
];

/** A metadata service whose every secret is one of those. */
const metadata: typeof fetch = async (input, init) => {
  if (!String(input).startsWith("http://metadata")) throw new Error("Not the metadata service.");
  if (init?.method === "PUT") return new Response("metadata-secret-44de");
  return Response.json({
    credential: { access: "AK", secret: "metadata-secret-44de", securitytoken: "security-secret-90ab", expires_at: "" },
  });
};

const sources: CredentialSource[] = [
  accessKey(world.key),
  accessKey({ ...world.key, securityToken: "security-secret-90ab" }),
  accessKey({ ...world.key, secretAccessKey: "token-secret-7f3a" }),
  accessKey({ ...world.key, securityToken: unusual }),
  accessKey({ ...world.key, accessKeyId: unusual }),
  password(world.user),
  password({ ...world.user, userName: "nobody" }),
  token("token-secret-7f3a"),
  token(unusual),
  (context) => fromMetadata({ endpoint: "http://metadata" })({ ...context, fetch: metadata }),
];

const faults = [
  undefined,
  { type: "cut", afterWork: false },
  { type: "cut", afterWork: true },
  { type: "answer", status: 200, body: "<html>" },
  { type: "answer", status: 307 },
  { type: "answer", status: 401, body: {} },
  { type: "answer", status: 500, body: "<html>" },
  { type: "answer", status: 429, body: {} },
  { type: "body", body: "truncated" },
  { type: "job", fate: { fail: { code: "IMG.0008", message: "no" } } },
] as const;

/** `npm run soak` tries every source with every fault; the ordinary tests each of them a few times. */
const pairs = sources.flatMap((credentials, source) =>
  faults
    .filter((_, fault) => import.meta.env.MODE === "soak" || (source + fault) % 3 === 0)
    .map((effect) => ({ credentials, effect })),
);

it("no secret is in any error, event, inspection or JSON", async () => {
  const seen: unknown[] = [];
  for (const { credentials, effect } of pairs) {
    for (const projectId of [world.projectId, undefined]) {
      const onEvent = (event: ClientEvent) => seen.push(event);
      const { client, emulator } = virtual({ credentials, projectId, onEvent }, { jobs: "instant" });
      if (effect !== undefined) emulator.faults.add({ times: 999, effect });
      const image = { serverId: world.serverId, name: "image" };
      const started = await createImage(client, image).catch((error) => error);
      const seenOf = async (call: Promise<unknown>) => seen.push(await call.catch((error) => error));
      seen.push(effect === undefined ? client : undefined, credentials, started);
      await seenOf(client.listImageServers());
      await seenOf(client.listImageServers({}, { token: unusual }));
      await seenOf(client.listImageServers({}, { headers: { Cookie: unusual } }));
      await seenOf(waitForImageJob(client, started.jobId ?? "1", { timeoutMs: 60_000 }));
      await seenOf(waitForImageJobs(client, [started.jobId ?? "1"], { timeoutMs: 60_000 }));
      await seenOf(createImages(client, [image], { timeoutMs: 60_000 }));
    }
  }
  for (const credentials of sources) {
    const { client, emulator } = virtual({ credentials });
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "cut", afterWork: true } });
    const body = { error_code: "WKS.00081102", error_msg: "no" };
    emulator.faults.add({ operation: "ListImageSubJobs", effect: { type: "answer", status: 403, body } });
    seen.push(await createImage(client, { serverId: world.serverId, name: "image" }).catch((error) => error));
  }
  const names = new Set(seen.filter((value) => value instanceof Error).map(({ name }) => name));
  expect([...names].sort()).toEqual([
    "AmbiguousOutcomeError",
    "ApiError",
    "ConnectionError",
    "CredentialsError",
    "JobFailedError",
    "TimeoutError",
    "ValidationError",
  ]);
  for (const text of new Set(seen.flatMap(shown))) for (const secret of secrets) expect(text).not.toContain(secret);
});

it("an address that holds a password is refused, and it is not shown", () => {
  const options: ClientOptions = { endpoint: "https://user:token-secret-7f3a@host", credentials: token("x") };
  let refused: unknown;
  try {
    createClient(options);
  } catch (error) {
    refused = error;
  }
  expect(String(refused)).toMatch(/endpoint must be an http or https URL without user and query/);
  expect(String(refused)).not.toContain("token-secret-7f3a");
});

/** Everything that a log could show of a value. */
function shown(value: unknown): string[] {
  const texts = [inspect(value, { depth: 12, showHidden: true }), String(value), JSON.stringify(value) ?? ""];
  return value instanceof Error ? [...texts, value.stack ?? "", ...shown(value.cause)] : texts;
}

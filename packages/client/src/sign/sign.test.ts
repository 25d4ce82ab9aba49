import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalPath, canonicalQuery, canonicalRequest } from "./canonical.ts";
import { explainSignature, type SignableRequest, type SignatureHeaders, signRequest } from "./index.ts";

const project = "a4da8115c9d8464ead3a38309130523f";
const key = { accessKeyId: "AccessKey", secretAccessKey: "SecretKey" };
const host = "https://appstream.cn-north-4.myhuaweicloud.com";
const date = new Date("2024-05-06T14:50:14Z");
const json = { "Content-Type": "application/json", "X-Project-Id": project };

/** A published request, with the SHA-256 of its canonical request where that is published too. */
interface Vector {
  readonly what: string;
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly canonical?: string;
  readonly signature: string;
}

const python = "https://service.endpoint.myhuaweicloud.com/resources?size=1";
const java = "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd";
const region = "https://service.test-region-1.myhuaweicloud.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd";
const marker = "?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0";

const published: Vector[] = [
  {
    what: "Python GET",
    at: "2020-06-08T02:39:00Z",
    method: "GET",
    url: python,
    canonical: "de94dd1e1ccdb730b403ce35d7e14f7c7b04337f6def1c3a3a2ba936852b133f",
    signature: "cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842",
  },
  {
    what: "Python POST",
    at: "2020-06-08T02:39:00Z",
    method: "POST",
    url: python,
    body: '{"name":"test","id":1}',
    canonical: "2b1b2515e48cb55e043ff2ec5b93d3f13ec287e1da1d7a2e4e14b0611a341969",
    signature: "436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f",
  },
  {
    what: "Java GET",
    at: "2019-11-15T03:36:55Z",
    method: "GET",
    url: `${java}/vpcs${marker}`,
    canonical: "0e84e7853cf87931d965c80e83bffb15aa865326db3a6f57aa2560a7601dfe18",
    signature: "fd95e7da6f695cfb4cabbb9d6b0968aec155bc576b064835282473539ae9ea1d",
  },
  {
    what: "Java POST",
    at: "2019-11-15T03:36:55Z",
    method: "POST",
    url: `${java}/vpc/123`,
    body: '{"key":"value"}',
    canonical: "79be7a43859f485df125c417ebb8821754c7ed42f6742ce8b0fd74b2b303446d",
    signature: "b5649aa774f6cac7437631662f08815fc65c70e40e486df6db2436ce68902771",
  },
  {
    what: "Java, empty path and a host of its own",
    at: "2019-11-15T03:36:55Z",
    method: "GET",
    url: "https://service.region.example.com",
    headers: { Host: "example.com" },
    signature: "919ad8b75d4ad49da0d377e63ee21c4a7a54b752f6bf2878b4adbe9c19927da6",
  },
  {
    what: "Java GET in a test region",
    at: "2019-11-15T03:36:55Z",
    method: "GET",
    url: `${region}/vpcs`,
    signature: "fbfa53d70fa0dec48f511be2e9e522172f9dca6d56f8856d12d7e575b978d9be",
  },
  {
    what: "Java POST in a test region",
    at: "2019-11-15T03:36:55Z",
    method: "POST",
    url: `${region}/vpc/123`,
    body: '{"key":"value"}',
    signature: "f65c535f8f86d95e963fbd795d6d41dbf59e675a8b4ae161356cf8cd93f1ec4c",
  },
];

describe("signRequest agrees with the vendor's published vectors", () => {
  it("of the signing guide: a GET with a query", async () => {
    const request = { method: "GET", url: `${java}/vpcs${marker}`, headers: { "content-type": "application/json" } };
    const guide = { accessKeyId: "QTWAOYTTINDUT2QVKYUC", secretAccessKey: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc" };
    const at = new Date("2019-11-15T03:36:55Z");
    expect((await signRequest(request, guide, at)).Authorization).toBe(
      "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, " +
        "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
    );
    expect(await canonicalHashOf(request, at)).toBe("b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a");
  });

  it.each(published)("of the SDKs: $what", async ({ at, canonical, signature, ...request }) => {
    expect(signatureOf(await signRequest(request, key, new Date(at)))).toBe(signature);
    if (canonical !== undefined) expect(await canonicalHashOf(request, new Date(at))).toBe(canonical);
  });

  // The Go SDK leaves the host unsigned, which this signer does not; its canonical requests must be the same.
  it.each([
    ["GET", "limit=1", "", "85c3b7730f308aee452b16138a42a914397e43a8f0d732dfa521c0ef2afa98a4"],
    [
      "POST",
      "key=value",
      '{"Name":"test","Id":1}\n',
      "13f75ff5f5216199f986c7e7f2f77834d5e160ad9e46f37319816dc72ba7eeab",
    ],
  ])("of the Go SDK: the canonical request of a %s", (method, query, body, expected) => {
    const payloadHash = createHash("sha256").update(body).digest("hex");
    const headers = { "x-sdk-date": "20060102T150405Z" };
    const parts = { method, path: canonicalPath("/path"), query: canonicalQuery(query) };
    const canonical = canonicalRequest(parts, headers, Object.keys(headers), payloadHash);
    expect(createHash("sha256").update(canonical).digest("hex")).toBe(expected);
  });

  it.each([["GET", "size=1", "my ak", "my sk", "6d5bc610d3d4475346aae5cd7ed8d99585e60c0430a1d3d6e2f54e2bdd633701"]])(
    "of the Python SDK, with blanks in the keys",
    async (method, query, accessKeyId, secretAccessKey, expected) => {
      const url = `https://service.endpoint.myhuaweicloud.com/resources?${query}`;
      const signature = await signRequest(
        { method, url },
        { accessKeyId, secretAccessKey },
        new Date("2020-06-08T02:39:00Z"),
      );
      expect(signatureOf(signature)).toBe(expected);
    },
  );

  it("of the canonical query", () => {
    const query = `limit=1&enable=true&test=${encodeURIComponent("一 (&=?!#%.*)")}&path=/tmp/123&multi=3&multi=1&multi=2`;
    expect(canonicalQuery(query)).toBe(
      "enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29",
    );
  });
});

describe("signRequest agrees with the vendor's Python signer on this API", () => {
  it.each([
    {
      request: {
        method: "POST",
        url: `${host}/v1/${project}/image-servers/25b1dd14-0c84-4558-aa57-03a6c54b8e75/actions/recreate-image`,
        headers: json,
        body: '{"name":"image_name_0508","description":"This is an image recreate desc."}',
      },
      canonical: "66c154d03b66e492fd68624609273c621138d58b63ee66dec40796a05afe6f82",
      signature: "f9cebc6035c4f5cad72871464b5e15762698dda494f9e604bcfccacb93ca24e3",
    },
    {
      request: { method: "GET", url: `${host}/v1/${project}/image-server-jobs/702364883651395584`, headers: json },
      canonical: "fc739c785948ab290aabc67a499ecbcc8c5d45ef05ec9614210fc3b84b8dd5b2",
      signature: "cbef1c9a36274bcf159b2da4f02d82474a5f10c47cd0e8b7afda1fb97d46743a",
    },
    {
      request: {
        method: "GET",
        url: `${host}/v1/${project}/image-servers?server_name=${encodeURIComponent("镜像 a/b")}&limit=100&offset=0&enterprise_project_id=`,
        headers: json,
      },
      canonical: "99faba45ecf7a1f3661b8012be899c38e17de6634ba281fdea225d22eee69d60",
      signature: "d2c88bc3d5a1ddb3a85072898f30c92ad5364bf8aef3190790c712fe1e3a2318",
    },
    {
      request: {
        method: "PATCH",
        url: `${host}/v1/${project}/image-servers/actions/batch-delete`,
        headers: { "Content-Type": "application/json" },
        body: '{"items":["627989489700044800"],"recursive":true}',
      },
      canonical: "a0bd1cd2f0eafa48548e6ffdb42bc483dfe743e2065cdee1da7048ef26817375",
      signature: "3a5c59d1c36d7f853db49b023a6f4b34ae3949bc1e1149247d9e1391fb771517",
    },
  ])("$request.method $request.url", async ({ request, canonical, signature }) => {
    expect(signatureOf(await signRequest(request, key, date))).toBe(signature);
    expect(await canonicalHashOf(request, date)).toBe(canonical);
  });

  it("signs the security token of temporary keys", async () => {
    const url = `${host}/v1/${project}/image-server-sub-jobs/actions/count?job_type=CREATE_SERVER,CREATE_SERVER_IMAGE`;
    const temporary = { ...key, securityToken: "tok/en+1==" };
    const signature = await signRequest({ method: "GET", url }, temporary, date);
    expect(signature["X-Security-Token"]).toBe("tok/en+1==");
    expect(signatureOf(signature)).toBe("f6bd898d81e2cd8c4af0b6cd129beadb79a0bc70ced7f7f3f8573786d44fd346");
    expect((await explainSignature({ method: "GET", url }, temporary, date)).stringToSign).toMatch(
      /\n57029bd17ee22e21a7daf0d69ff7cbd17c1fcd3d88388bdfb2f5919309b99bb8$/,
    );
  });
});

describe("the query as it is signed", () => {
  it.each([
    ["a-b=1&a=2&a=1&A=3", "A=3&a=1&a=2&a-b=1"],
    ["flag&empty=&x=a=b", "empty=&flag=&x=a%3Db"],
    ["space=a%20b&plus=a+b&broken=%zz", "broken=%25zz&plus=a%2Bb&space=a%20b"],
    ["", ""],
  ])("%j is %j: sorted by name, then by value, encoded once", (query, expected) => {
    expect(canonicalQuery(query)).toBe(expected);
  });
});

describe("explainSignature", () => {
  it("shows the texts that a signature is made from", async () => {
    const request = { method: "GET", url: `${host}/v1` };
    const { canonicalRequest, stringToSign } = await explainSignature(request, key, date);
    expect(canonicalRequest).toBe(
      "GET\n/v1/\n\nhost:appstream.cn-north-4.myhuaweicloud.com\nx-sdk-date:20240506T145014Z\n\nhost;x-sdk-date\n" +
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    const digest = createHash("sha256").update(canonicalRequest).digest("hex");
    expect(stringToSign).toBe(`SDK-HMAC-SHA256\n20240506T145014Z\n${digest}`);
    const signed = createHmac("sha256", key.secretAccessKey).update(stringToSign).digest("hex");
    expect(signatureOf(await signRequest(request, key, date))).toBe(signed);
  });

  it("shows neither the secret nor the security token, and yet the true text to sign", async () => {
    const temporary = { ...key, securityToken: "tok/en+1==" };
    const request = { method: "GET", url: `${host}/v1` };
    const { canonicalRequest, stringToSign } = await explainSignature(request, temporary, date);
    expect(canonicalRequest).toContain("x-security-token:***\n");
    expect(canonicalRequest + stringToSign).not.toMatch(/tok\/en|SecretKey/);
    const digest = createHash("sha256").update(canonicalRequest.replace("***", "tok/en+1==")).digest("hex");
    expect(stringToSign.split("\n").at(-1)).toBe(digest);
  });

  it("does not show the security token when it is given as a header", async () => {
    const request = { method: "GET", url: `${host}/v1`, headers: { "X-Security-Token": "tok/en+1==" } };
    expect((await explainSignature(request, key, date)).canonicalRequest).toContain("x-security-token:***\n");
  });
});

/** SHA-256 of the canonical request, as the text to sign names it. */
async function canonicalHashOf(request: SignableRequest, at: Date): Promise<string | undefined> {
  return (await explainSignature(request, key, at)).stringToSign.split("\n").at(-1);
}

function signatureOf(signature: SignatureHeaders): string | undefined {
  return /Signature=([0-9a-f]+)$/.exec(signature.Authorization ?? "")?.[1];
}

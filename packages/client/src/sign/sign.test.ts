import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalQuery } from "./canonical.ts";
import { explainSignature, type SignatureHeaders, signRequest } from "./index.ts";

const project = "a4da8115c9d8464ead3a38309130523f";
const key = { accessKeyId: "AccessKey", secretAccessKey: "SecretKey" };
const host = "https://appstream.cn-north-4.myhuaweicloud.com";
const date = new Date("2024-05-06T14:50:14Z");
const json = { "Content-Type": "application/json", "X-Project-Id": project };

describe("signRequest agrees with the vendor's published vectors", () => {
  it("of the signing guide: a GET with a query", async () => {
    const signature = await signRequest(
      {
        method: "GET",
        url: "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
        headers: { "content-type": "application/json" },
      },
      { accessKeyId: "QTWAOYTTINDUT2QVKYUC", secretAccessKey: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc" },
      new Date("2019-11-15T03:36:55Z"),
    );
    expect(signature.Authorization).toBe(
      "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, " +
        "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
    );
  });

  const python = "https://service.endpoint.myhuaweicloud.com/resources?size=1";
  const java = "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd";
  const marker = "?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0";
  it.each([
    [
      "Python GET",
      "2020-06-08T02:39:00Z",
      "GET",
      python,
      undefined,
      "cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842",
    ],
    [
      "Python POST",
      "2020-06-08T02:39:00Z",
      "POST",
      python,
      '{"name":"test","id":1}',
      "436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f",
    ],
    [
      "Java GET",
      "2019-11-15T03:36:55Z",
      "GET",
      `${java}/vpcs${marker}`,
      undefined,
      "fd95e7da6f695cfb4cabbb9d6b0968aec155bc576b064835282473539ae9ea1d",
    ],
    [
      "Java POST",
      "2019-11-15T03:36:55Z",
      "POST",
      `${java}/vpc/123`,
      '{"key":"value"}',
      "b5649aa774f6cac7437631662f08815fc65c70e40e486df6db2436ce68902771",
    ],
    [
      "Java, empty path",
      "2019-11-15T03:36:55Z",
      "GET",
      "https://example.com",
      undefined,
      "919ad8b75d4ad49da0d377e63ee21c4a7a54b752f6bf2878b4adbe9c19927da6",
    ],
  ])("of the SDKs: %s", async (_name, at, method, url, body, expected) => {
    expect(signatureOf(await signRequest({ method, url, body }, key, new Date(at)))).toBe(expected);
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
      expected: "f9cebc6035c4f5cad72871464b5e15762698dda494f9e604bcfccacb93ca24e3",
    },
    {
      request: { method: "GET", url: `${host}/v1/${project}/image-server-jobs/702364883651395584`, headers: json },
      expected: "cbef1c9a36274bcf159b2da4f02d82474a5f10c47cd0e8b7afda1fb97d46743a",
    },
    {
      request: {
        method: "GET",
        url: `${host}/v1/${project}/image-servers?server_name=${encodeURIComponent("镜像 a/b")}&limit=100&offset=0&enterprise_project_id=`,
        headers: json,
      },
      expected: "d2c88bc3d5a1ddb3a85072898f30c92ad5364bf8aef3190790c712fe1e3a2318",
    },
    {
      request: {
        method: "PATCH",
        url: `${host}/v1/${project}/image-servers/actions/batch-delete`,
        headers: { "Content-Type": "application/json" },
        body: '{"items":["627989489700044800"],"recursive":true}',
      },
      expected: "3a5c59d1c36d7f853db49b023a6f4b34ae3949bc1e1149247d9e1391fb771517",
    },
  ])("$request.method $request.url", async ({ request, expected }) => {
    expect(signatureOf(await signRequest(request, key, date))).toBe(expected);
  });

  it("signs the security token of temporary keys", async () => {
    const url = `${host}/v1/${project}/image-server-sub-jobs/actions/count?job_type=CREATE_SERVER,CREATE_SERVER_IMAGE`;
    const signature = await signRequest({ method: "GET", url }, { ...key, securityToken: "tok/en+1==" }, date);
    expect(signature["X-Security-Token"]).toBe("tok/en+1==");
    expect(signatureOf(signature)).toBe("f6bd898d81e2cd8c4af0b6cd129beadb79a0bc70ced7f7f3f8573786d44fd346");
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
});

function signatureOf(signature: SignatureHeaders): string | undefined {
  return /Signature=([0-9a-f]+)$/.exec(signature.Authorization ?? "")?.[1];
}

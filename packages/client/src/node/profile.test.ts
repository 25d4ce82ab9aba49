import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sourceContext } from "../../test/metadata-service.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { fromProfile } from "./profile.ts";

const context = sourceContext({ nowMs: 0 });
const folder = mkdtempSync(join(tmpdir(), "aps-profile-"));

function read(content: string | Buffer) {
  const path = join(folder, "credentials");
  writeFileSync(path, content);
  return Promise.resolve(fromProfile({ path })(context));
}

it("is one section of the file, with blanks and comments", async () => {
  const text =
    "[global]\nak = other\n\n; a comment\n[basic]\nak = AK\nsk=S=K\nsecurity_token = ST\nproject_id = P\niam_endpoint = https://iam.example\n";
  expect(await read(text)).toEqual({
    type: "accessKey",
    accessKeyId: "AK",
    secretAccessKey: "S=K",
    securityToken: "ST",
    projectId: "P",
    iamEndpoint: "https://iam.example",
  });
});

it.each([
  ["keys end at a colon too, as the parsers of Python and Go take it", "[basic]\nak: AK\nsk : S=K\n"],
  ["keys are written in any case, as Python takes it", "[basic]\nAK = AK\nSk = S=K\n"],
  ["the file begins with a byte order mark", "\uFEFF[basic]\nak = AK\nsk = S=K\n"],
  ["all lines are indented alike, and end as on Windows", "[basic]\r\n  ak = AK\r\n  sk = S=K\r\n"],
])("is read when %s", async (_what, text) => {
  expect(await read(text)).toMatchObject({ accessKeyId: "AK", secretAccessKey: "S=K" });
});

it.each<[string, string | Buffer, string, boolean]>([
  ["there is no section", "[global]\nak = a\nsk = hidden\n", "has no section [basic]", true],
  ["there is no key", "[basic]\nproject_id = hidden\n", "ak and sk not set.", true],
  ["there is no sk", "[basic]\nak = hidden\n", "sk not set, although ak is", false],
  ["sk is misspelt", "[basic]\nak = hidden\nsecret = hidden\n", "sk not set, although ak is", false],
  ["only a security token is there", "[basic]\nsecurity_token = hidden\n", "although security_token is", false],
  [
    "a comment follows a value",
    "[basic]\nak = a\nsk = hidden # mine\n",
    "line 3 has a comment behind its value",
    false,
  ],
  ["a value is in quotes", '[basic]\nak = "hidden"\nsk = s\n', "line 2 has a value in quotes", false],
  ["a key is there twice", "[basic]\nak = a\nak = hidden\nsk = s\n", "line 3 has ak a second time", false],
  ["a line is indented", "[basic]\nak = a\n  sk = hidden\n", "line 3 is indented", false],
  ["a line is no pair", "[basic]\nak\nsk = hidden\n", "line 2 has neither = nor :", false],
  ["the file is UTF-16", Buffer.from("\uFEFF[basic]\nak = hidden\n", "utf16le"), "is UTF-16 text", false],
  ["it wants a federated identity", "[basic]\nidp_id = hidden\nid_token_file = f\n", "not supported", false],
])("is refused, and not shown, when %s", async (_what, content, reason, isAbsent) => {
  const error = await read(content).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CredentialsError);
  expect(error).toMatchObject({ message: expect.stringContaining(reason), isAbsent });
  expect((error as Error).message).not.toContain("hidden");
});

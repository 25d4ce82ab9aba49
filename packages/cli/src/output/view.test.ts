import { expect, test } from "vitest";
import { commands } from "../generated/commands.ts";
import { makePaint } from "../terminal/streams.ts";
import { viewLines } from "./view.ts";

const plain = makePaint(false);
const viewOf = (operationId: string) =>
  commands.find((command) => command.operationId === operationId)?.view ?? { columns: [] };

test("a job with several sub-jobs shows each of them", () => {
  const subJob = (id: string) => ({ id, status: "SUCCESS", job_resource_info: { resource_id: `image-${id}` } });
  const job = {
    id: "1",
    status: "RUNNING",
    begin_time: "2024-05-20T10:39:49.61Z",
    sub_jobs: [subJob("2"), subJob("3")],
  };
  const lines = viewLines(viewOf("ShowImageJob"), job, plain, undefined);
  expect(lines.map((line) => line.split(/ +/))).toEqual([
    ["id", "1"],
    ["status", "RUNNING"],
    ["begin_time", "2024-05-20T10:39:49Z"],
    ["sub_jobs[0].id", "2"],
    ["sub_jobs[0].status", "SUCCESS"],
    ["sub_jobs[0].job_resource_info.resource_id", "image-2"],
    ["sub_jobs[1].id", "3"],
    ["sub_jobs[1].status", "SUCCESS"],
    ["sub_jobs[1].job_resource_info.resource_id", "image-3"],
  ]);
});

test("a state that the contract does not know, a null, and an answer without fields are shown as they are", () => {
  const list = { count: 3, items: [{ id: "1", status: "MELTING" }, { id: "2", status: null }, {}] };
  const lines = viewLines(viewOf("ListImageServers"), list, plain, undefined);
  expect(lines).toEqual(["ID  NAME  STATUS   IMAGE ID  CREATE TIME", "1         MELTING", "2", ""]);
  expect(viewLines(viewOf("ListImageServers"), { count: 0, items: [] }, plain, undefined)).toEqual(["none"]);
});

test("a page of a longer list says so", () => {
  const lines = viewLines(viewOf("ListImageServers"), { count: 7, items: [{ id: "1" }] }, plain, undefined);
  expect(lines.at(-1)).toBe("1 of 7; see --offset and --limit");
});

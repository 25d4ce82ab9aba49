import { afterEach, beforeEach, expect, test } from "vitest";
import { commands } from "../generated/commands.ts";
import { plain } from "../terminal/streams.ts";
import { partNote } from "./part-note.ts";
import { viewLines } from "./view.ts";

const viewOf = (operationId: string) =>
  commands.find((command) => command.operationId === operationId)?.view ?? { columns: [], fields: [] };

const zone = process.env.TZ;
beforeEach(() => {
  process.env.TZ = "UTC";
});
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test.each([
  ["UTC", "2024-05-20T10:39:49Z"],
  ["Asia/Shanghai", "2024-05-20T18:39:49+08:00"],
  ["America/St_Johns", "2024-05-20T08:09:49-02:30"],
  ["Asia/Kathmandu", "2024-05-20T16:24:49+05:45"],
])("times are those of the machine's zone, with its offset: %s", (TZ, begin) => {
  process.env.TZ = TZ;
  const items = [{ id: "1", begin_time: "2024-05-20T10:39:49.61Z", end_time: "2024-05-20T11:03:24.206Z" }];
  const lines = viewLines(viewOf("ListImageJobs"), { count: 1, items }, plain, undefined);
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
    ["ID", "JOB TYPE", "STATUS", "BEGIN TIME", "TOOK"],
    ["1", begin, "23 m 35 s"],
  ]);
});

test("a state that is not set is empty, however the service says so", () => {
  const items = [{ id: "1", name: "null", task_status: "null" }];
  const [titles = "", row] = viewLines(viewOf("ListServers"), { count: 1, items }, plain, undefined);
  expect([titles.includes("TASK STATUS"), row?.match(/null/g)]).toEqual([true, ["null"]]);
});

test.each([[""], [undefined], [null], ["null"], ["yesterday"]])("an end time of %j is no time", (end_time) => {
  const items = [{ id: "1", status: "RUNNING", begin_time: "2024-05-20T10:39:49.61Z", end_time }];
  const lines = viewLines(viewOf("ListImageJobs"), { count: 1, items }, plain, undefined);
  expect(lines[1]?.split(/ {2,}/)).toEqual(["1", "RUNNING", "2024-05-20T10:39:49Z"]);
});

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
  expect(partNote({ count: 7, items: [{}] })).toBe("1 of 7; see --all, or --offset and --limit");
  expect(partNote({ count: 1, items: [{}] })).toBeUndefined();
});

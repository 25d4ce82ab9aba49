import { describe, expect, it } from "vitest";
import { judge, type LostRequest, type Seen, type SubJob } from "./verdict.ts";

const before = { at: "2026-11-01T00:00:00.000Z", status: "BUILT", imageId: "old", updateTime: "2026-10-31T12:00:00Z" };
const lost: LostRequest = { serverId: "s", name: "office", baseline: before };
const server = (changed: Partial<Seen["server"]> = {}) => ({
  status: "BUILT",
  imageId: "old",
  updateTime: before.updateTime,
  name: "builder",
  ...changed,
});
const job = (id: string, status: string, changed: { name?: string; image?: string; begun?: string } = {}) =>
  ({
    id: `part-${id}`,
    job_id: id,
    status,
    begin_time: changed.begun ?? "2026-11-01T00:00:03.12Z",
    job_resource_info: { resource_name: changed.name ?? "office", resource_id: changed.image ?? "" },
  }) as SubJob;
const seen = (of: Seen["server"], ...subJobs: SubJob[]): Seen => ({ server: of, subJobs });
const settled = true;

describe("started", () => {
  it("is a job of the name on a server that is at work since the request", () => {
    const look = seen(server({ status: "BUILDING" }), job("1", "RUNNING"));
    expect(judge(lost, look, false)).toEqual({ verdict: "started", jobId: "1" });
  });

  it.each(["2026-11-01T08:00:03+08:00", ""])(
    "is a job with a begin of %j only once a late list would show it as ended",
    (begun) => {
      const look = seen(server({ status: "BUILDING" }), job("1", "RUNNING", { begun }));
      expect(judge(lost, look, false)).toMatchObject({ verdict: "unknown", candidateJobIds: ["1"] });
      expect(judge(lost, look, settled)).toMatchObject({ verdict: "started", jobId: "1" });
    },
  );

  it.each(["OFFICE", " office ", "builder", ""])("is a job that shows its name as %j, once others had time", (name) => {
    const look = seen(server({ status: "BUILDING" }), job("1", "RUNNING", { name }));
    expect(judge(lost, look, settled)).toMatchObject({ verdict: "started", jobId: "1" });
  });

  it("is a job whose image the server has, and did not have before, whatever the form of its time", () => {
    const done = job("1", "SUCCESS", { image: "new", begun: "2026-11-01 08:00:03" });
    expect(judge(lost, seen(server({ imageId: "new" }), done), false)).toMatchObject({
      verdict: "started",
      jobId: "1",
    });
  });

  it("is a job that failed: that is no doubt", () => {
    const failed = seen(server({ updateTime: "2026-11-01T00:09:00Z" }), job("1", "FAILED"));
    expect(judge(lost, failed, settled)).toMatchObject({ verdict: "started", jobId: "1" });
    expect(judge(lost, seen({ ...failed.server, status: "ERROR" }, ...failed.subJobs), settled).verdict).toBe(
      "started",
    );
  });
});

describe("not started", () => {
  it("is what leaves the server idle and as it was, for long enough", () => {
    expect(judge(lost, seen(server()), settled).verdict).toBe("not started");
    expect(judge(lost, seen(server()), false).verdict).toBe("unknown");
  });

  it("is never said against a new image of the server, though its job is not listed", () => {
    expect(judge(lost, seen(server({ imageId: "new" })), settled).verdict).toBe("unknown");
    expect(judge(lost, seen(server({ updateTime: "2026-11-01T00:25:00Z" })), settled).verdict).toBe("unknown");
  });

  it("is never said while a job that may be the one goes on, and the job is named", () => {
    const look = seen(server(), job("1", "WAITING"));
    expect(judge(lost, look, settled)).toMatchObject({ verdict: "unknown", candidateJobIds: ["1"] });
    // In which zone it is, nobody says.
    for (const begun of ["2026-11-01T08:00:03", "2026-10-31T16:00:03", "2026-10-31 16:00:03Z", "0"]) {
      const unknownTime = seen(server(), job("1", "WAITING", { begun }));
      expect(judge(lost, unknownTime, settled)).toMatchObject({ verdict: "unknown", candidateJobIds: ["1"] });
    }
  });

  it("is said when the job of this name is older than the request, or known to be another", () => {
    const older = seen(server(), job("1", "RUNNING", { begun: "2026-10-31T23:59:00Z" }));
    expect(judge(lost, older, settled).verdict).toBe("not started");
    expect(judge({ ...lost, otherJobIds: ["1"] }, seen(server(), job("1", "RUNNING")), settled).verdict).toBe(
      "not started",
    );
  });

  it("is said of a server that was at work before, and has been ever since", () => {
    const baseline = { ...before, status: "BUILDING" };
    expect(judge({ ...lost, baseline }, seen(server({ status: "BUILDING" })), settled).verdict).toBe("not started");
  });

  it.each([undefined, { at: before.at }])("is never said without a baseline (%j)", (baseline) => {
    expect(judge({ ...lost, baseline }, seen(server()), settled).verdict).toBe("unknown");
  });
});

describe("unknown", () => {
  it("is what an old image of the same name says", () => {
    const old = job("1", "SUCCESS", { image: "old", begun: "2026-10-31T23:35:00Z" });
    expect(judge(lost, seen(server(), old), settled).verdict).toBe("not started");
    const noTime = job("1", "SUCCESS", { image: "old", begun: "" });
    expect(judge(lost, seen(server(), noTime), false).verdict).toBe("unknown");
  });

  it("is a job of this name while the server was busy with another before", () => {
    const baseline = { ...before, status: "BUILDING" };
    const look = seen(server({ status: "BUILDING", updateTime: "2026-11-01T00:00:04Z" }), job("1", "RUNNING"));
    expect(judge({ ...lost, baseline }, look, settled)).toMatchObject({ verdict: "unknown", candidateJobIds: ["1"] });
  });

  it("are two jobs of the name, both named", () => {
    const look = seen(server({ status: "BUILDING" }), job("1", "RUNNING"), job("2", "RUNNING"));
    expect(judge(lost, look, settled)).toMatchObject({ verdict: "unknown", candidateJobIds: ["1", "2"] });
  });
});

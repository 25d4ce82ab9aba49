import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { FleetRecord } from "@workspace-aps/client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FleetHeader, openJournal } from "./journal-file.ts";
import { type Owner, silentMs, thisRun } from "./owner.ts";

const header: FleetHeader = {
  type: "fleet",
  version: 1,
  at: "2026-11-01T00:00:00Z",
  endpoint: "http://127.0.0.1",
  projectId: "p",
  images: [],
};
const record = { at: header.at, serverId: "s", type: "job", jobId: "1" } as FleetRecord;

let path: string;
let lockFile: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "aps-journal-")), "journal");
  lockFile = `${path}.lock`;
});

const begin = (name = path) => openJournal(name, { resume: false, header: async () => header });
const resume = (name = path) => openJournal(name, { resume: true, header: async (found) => found ?? header });
const lines = (name = path) => readFileSync(name, "utf8").trimEnd().split("\n");

function leaveLock(owner: Partial<Owner> | undefined, silentSeconds: number): void {
  writeFileSync(lockFile, owner === undefined ? "" : JSON.stringify(owner));
  const at = Date.now() / 1_000 - silentSeconds;
  utimesSync(lockFile, at, at);
}

const minute = silentMs / 1_000;
const here = thisRun();
const gone = 4_194_305;

describe("a lock", () => {
  it.each<[string, Partial<Owner> | undefined, number]>([
    ["of a run in another place that has just shown itself", { pid: gone, host: "other", run: "a", place: "x" }, 0],
    [
      "of a container with this host name, whose number is not known here",
      { pid: gone, host: hostname(), run: "a" },
      0,
    ],
    ["of a container with this host name and this number", { ...here, place: "x" }, 0],
    ["of a run in this place that is suspended", { ...here, run: "a" }, 10 * minute],
    ["that is being written this moment", undefined, 0],
  ])("%s keeps others away", async (_which, owner, silentSeconds) => {
    leaveLock(owner, silentSeconds);
    const text = readFileSync(lockFile, "utf8");
    await expect(begin()).rejects.toThrow("is in use");
    expect(readFileSync(lockFile, "utf8")).toBe(text);
    expect(existsSync(path)).toBe(false);
  });

  it.each<[string, Partial<Owner> | undefined, number]>([
    [
      "of a run in another place that has been silent for a minute",
      { pid: 1, host: "other", run: "a", place: "x" },
      minute + 1,
    ],
    ["of a run in this place that is gone", { ...here, run: "a", pid: gone }, 0],
    ["whose number was given to another process", { ...here, run: "a", began: "0" }, 0],
    ["that was never written", undefined, minute + 1],
  ])("%s is taken over", async (_which, owner, silentSeconds) => {
    leaveLock(owner, silentSeconds);
    const journal = await begin();
    await journal.append(record);
    await journal[Symbol.asyncDispose]();
    expect(existsSync(lockFile)).toBe(false);
    expect(lines()).toHaveLength(2);
  });

  it("is one for all names of a journal", async () => {
    await using _journal = await begin();
    const name = `${path}-link`;
    writeFileSync(path, "");
    symlinkSync(path, name);
    await expect(begin(name)).rejects.toThrow("is in use");
  });

  it("is held by nobody who takes it over before those who do the same had 200 ms for it: the last one has it", async () => {
    leaveLock(undefined, minute + 1);
    const { ino } = statSync(lockFile);
    const hasLost = expect(begin()).rejects.toThrow("is in use");
    while (statSync(lockFile).ino === ino) await new Promise(setImmediate);
    // Another one has found the lock silent at the same moment, and is slower.
    await sleep(150);
    writeFileSync(`${lockFile}.other`, JSON.stringify({ ...here, run: "a" }));
    renameSync(`${lockFile}.other`, lockFile);
    await hasLost;
    expect(JSON.parse(readFileSync(lockFile, "utf8"))).toMatchObject({ run: "a" });
  });

  it("goes to one of many runs that take it over at once", async () => {
    leaveLock(undefined, minute + 1);
    const runs = await Promise.allSettled(Array.from({ length: 12 }, () => begin()));
    const won = runs.filter((run) => run.status === "fulfilled");
    expect(won).toHaveLength(1);
    await won[0]?.value[Symbol.asyncDispose]();
    expect(existsSync(lockFile)).toBe(false);
  });
});

describe("what is on the disk", () => {
  it.skipIf(process.platform === "win32")(
    "is the name of a new journal before anything is noted in it, and each step before the next",
    async () => {
      const folder = await open(dirname(path));
      const handles = Object.getPrototypeOf(folder) as FileHandle;
      await folder.close();
      const synced: unknown[] = [];
      // What the program asks of the platform is seen, and done.
      for (const name of ["sync", "datasync"] as const) {
        const original = handles[name];
        vi.spyOn(handles, name).mockImplementation(async function (this: FileHandle) {
          const { ino, size } = await this.stat();
          const isFolder = ino === statSync(dirname(path)).ino;
          synced.push(isFolder ? [name, "its folder", readdirSync(dirname(path)).includes("journal")] : [name, size]);
          return original.call(this);
        });
      }
      try {
        await using journal = await begin();
        expect(synced).toEqual([["sync", "its folder", true]]);
        for (let step = 1; step <= 2; step++) {
          await journal.append(record);
          expect(synced.slice(step)).toEqual([["datasync", statSync(path).size]]);
        }
      } finally {
        vi.restoreAllMocks();
      }
    },
  );
});

describe("a run", () => {
  it("that wakes up after its lock was taken over sends and notes nothing more, and leaves the other's lock", async () => {
    const sleeper = await begin();
    await sleeper.append(record);
    // To a run elsewhere the sleeper is silent: its place is not that run's.
    leaveLock({ ...thisRun(), run: "a", place: "x" }, minute + 1);
    const other = await resume();
    await expect((await sleeper.claim()).check()).rejects.toThrow(
      /taken over by another run.*No further request was sent/,
    );
    await expect(sleeper.append(record)).rejects.toThrow("taken over by another run");
    await sleeper[Symbol.asyncDispose]();
    await other.append(record);
    await (await other.claim()).check();
    await other[Symbol.asyncDispose]();
    expect(lines().map((line) => JSON.parse(line).type)).toEqual(["fleet", "job", "job"]);
  });

  it.each([
    ["removed", () => rmSync(path)],
    [
      "replaced by a save of an editor",
      () => {
        writeFileSync(`${path}.new`, readFileSync(path));
        renameSync(`${path}.new`, path);
      },
    ],
    ["cut shorter", () => writeFileSync(path, "")],
  ])("whose journal is %s sends nothing more, and keeps what was noted under another name", async (_how, change) => {
    const journal = await begin();
    await journal.append(record);
    change();
    await expect((await journal.claim()).check()).rejects.toThrow(
      /removed or replaced during the run.*--resume --journal .*\.kept-/,
    );
    await expect(journal.append({ ...record, serverId: "t" })).rejects.toThrow("removed or replaced");
    await journal[Symbol.asyncDispose]();
    const kept = await resume(`${path}.kept-${process.pid}`);
    expect(kept.records.map(({ serverId }) => serverId)).toEqual(["s", "t"]);
    await kept[Symbol.asyncDispose]();
  });

  it("on a local disk is told of no danger", async () => {
    await using journal = await begin();
    expect(journal.caution).toBeUndefined();
    expect(statSync(path).size).toBe(0);
  });
});

const ownNamespace = ["--pid", "--fork", "--mount-proc"];
const mayUnshare = spawnSync("unshare", [...ownNamespace, "true"]).status === 0;

it.runIf(mayUnshare)(
  "two processes in two namespaces, each with number 1 and one host name, do not share a journal",
  async () => {
    const module = fileURLToPath(new URL("./journal-file.ts", import.meta.url));
    const program = `
    const { openJournal } = await import(${JSON.stringify(module)});
    const journal = await openJournal(process.argv[1], { resume: false, header: async () => ({ type: "fleet", version: 1 }) }).catch((error) => {
      console.log(error.message);
      process.exit(2);
    });
    console.log("has it as process", process.pid);
    process.stdin.on("end", () => journal[Symbol.asyncDispose]().then(() => process.exit(0))).resume();`;
    const start = () => {
      const child = spawn("unshare", [...ownNamespace, process.execPath, "--input-type=module", "-e", program, path]);
      const said = new Promise<string>((resolve) => child.stdout.once("data", (text) => resolve(String(text))));
      const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
      return { child, said, ended };
    };
    const first = start();
    expect(await first.said).toContain("has it as process 1");
    const second = start();
    expect(await second.said).toContain(`is in use by process 1 on ${hostname()}`);
    expect(await second.ended).toBe(2);
    first.child.stdin.end();
    expect(await first.ended).toBe(0);
    expect(existsSync(lockFile)).toBe(false);
  },
);

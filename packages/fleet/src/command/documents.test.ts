import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { ImageRow } from "../images/image.ts";
import type { RolloutRow } from "../rollouts/rollout.ts";
import type { RunStatus } from "../runs/status.ts";
import { exportRun } from "./export-run.ts";
import { readImages } from "./read-images.ts";
import { readRollouts } from "./read-rollouts.ts";

const at = new Date("2026-11-29T18:00:00Z");
const later = new Date("2026-11-29T18:30:00Z");
const image = (serverId: string, state: ImageRow["state"], reason: string | null = null) =>
  ({
    serverId,
    name: `office-${serverId}`,
    state,
    reason,
    claim: "a claim",
    baseline: {},
    startedAt: at,
    changedAt: later,
  }) as ImageRow;
const rollout = { serverGroupId: "g", serverId: "a", state: "stopped", reason: "A server is broken." } as RolloutRow;
const status = { run: "night <1>" } as RunStatus;

it("a run is exported with what became of every image and rollout, and without what only workers need", () => {
  const images = [
    image("a", "made"),
    image("b", "failed", 'It says "no"\n& \u0007'),
    image("c", "in doubt"),
    image("d", "queued"),
  ];
  const run = { status, images, rollouts: [rollout] };
  const exported = JSON.parse(exportRun("json", run));
  expect(exported).toMatchObject({
    run: "night <1>",
    images: [{ serverId: "a", state: "made" }, {}, {}, {}],
    rollouts: [{}],
  });
  expect(JSON.stringify(exported)).not.toContain("claim");
  expect(exportRun("junit", run)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="night &lt;1>" tests="5" failures="2" errors="1" skipped="1">
  <testcase classname="a" name="office-a" time="1800.000"/>
  <testcase classname="b" name="office-b" time="1800.000">
    <failure message="It says &quot;no&quot;&#10;&amp; \uFFFD"/>
  </testcase>
  <testcase classname="c" name="office-c" time="1800.000">
    <error message="in doubt"/>
  </testcase>
  <testcase classname="d" name="office-d" time="1800.000">
    <skipped message="queued"/>
  </testcase>
  <testcase classname="g" name="image of a" time="0.000">
    <failure message="A server is broken."/>
  </testcase>
</testsuite>`);
});

it("lists of images and rollouts are read by their names on the wire, and say what is wrong with them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "aps-fleet-lists-"));
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const place = { region: "r", project_id: "p", server_id: "s" };
  const csv = "region,project_id,server_id,name,execute_sysprep\nr,p,s,office,true\n";
  expect(await readImages(await file("images.csv", csv))).toEqual([
    { region: "r", projectId: "p", serverId: "s", name: "office", executeSysprep: true },
  ]);
  await expect(readImages(await file("odd.csv", "region,colour\nr,red\n"))).rejects.toThrow("the column colour");
  const drain = { at_timeout: "logoff", grace_ms: 60_000 };
  const entry = { ...place, server_group_id: "g", max_unavailable: "25%", drain };
  expect(await readRollouts(await file("rollouts.json", JSON.stringify([entry])))).toEqual([
    {
      ...{ region: "r", projectId: "p", serverId: "s", serverGroupId: "g", maxUnavailable: "25%" },
      drain: { atTimeout: "logoff", graceMs: 60_000 },
    },
  ]);
  const wrong = async (entries: unknown) => readRollouts(await file("wrong.json", JSON.stringify(entries)));
  await expect(wrong([place])).rejects.toThrow("has no server_group_id for rollout 1");
  await expect(wrong([{ ...entry, speed: 3 }])).rejects.toThrow("says speed, which is not known");
  await expect(wrong({})).rejects.toThrow("is no list of rollouts");
  await expect(wrong([entry, null])).rejects.toThrow("has null where rollout 2 is to stand, and that is no object");
  await expect(wrong([{ ...entry, drain: 5 }])).rejects.toThrow("has 5 where drain of rollout 1 is to stand");
  await expect(readImages(await file("images.json", "[null]"))).rejects.toThrow("has null where image 1 is to stand");
  const wide = await file("wide.csv", "");
  await writeFile(wide, csv, "utf16le");
  await expect(readImages(wide)).rejects.toThrow(`${wide} is UTF-16 text. Save it as UTF-8.`);
  await rm(folder, { recursive: true });
});

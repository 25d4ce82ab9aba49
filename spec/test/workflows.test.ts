import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Json, operationsOf } from "../build/document.ts";
import { documents } from "./bundle.ts";

const FOLDER = join(import.meta.dirname, "../workflows");
const job = documents.aps["x-aps-job"].image;
const operations = Object.values(documents).flatMap(operationsOf);

const workflows: Json[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".arazzo.yaml"))
  .flatMap((name) => parse(readFileSync(join(FOLDER, name), "utf8")).workflows);

describe.each(workflows)("$workflowId", ({ steps }) => {
  const named = new Map<string, Json>(steps.map((step: Json) => [step.stepId, step]));

  test("calls operations that exist, with all the parameters they require", () => {
    for (const step of steps) {
      const found = operations.find(({ operation }) => operation.operationId === operationOf(step));
      expect(found, step.stepId).toBeDefined();
      const given = (step.parameters ?? []).map(({ name }: Json) => name);
      const required = found?.parameters.filter((one) => one.required).map((one) => one.name);
      expect(given).toEqual(expect.arrayContaining(required ?? []));
    }
  });

  test.each(steps.filter((step: Json) => operationOf(step) === job.show.operationId) as Json[])(
    "waits in step $stepId as the description of jobs says",
    (step) => {
      const id = step.parameters.find(({ name }: Json) => name === job.show.parameter).value;
      const starter = named.get(id.split(".")[1]);
      expect(starter.outputs.jobId).toBe(`$response.body#${job.startedJobId}`);
      const kind = Object.values<Json>(job.kinds).find(({ startedBy }) => startedBy === operationOf(starter));
      const [again, busy, ...others] = step.onFailure;
      expect(again).toMatchObject({
        type: "retry",
        retryAfter: job.pace.intervalSeconds,
        retryLimit: kind.limitSeconds / job.pace.intervalSeconds,
      });
      // It stops at the one state that means failure, and goes on at any other, known or not.
      expect(job.states.failed).toEqual(["FAILED"]);
      expect(again.criteria.at(-1).condition).toBe(`$response.body#${job.status} != 'FAILED'`);
      expect(step.successCriteria.at(-1).condition).toBe(`$response.body#${job.status} == '${job.states.done[0]}'`);
      // A look changes nothing, so it is repeated as often when the service or the gateway has no answer now.
      expect(busy).toMatchObject({ type: "retry", retryAfter: again.retryAfter, retryLimit: again.retryLimit });
      expect(busy.criteria).toEqual([{ condition: "$statusCode == 429 || $statusCode >= 500" }]);
      expect(others).toEqual([{ name: "give-up", type: "end" }]);
      for (const output of Object.values(step.outputs ?? {})) {
        expect(output).toBe(`$response.body#${job.subJobs.items}/0${job.subJobs.resourceId}`);
      }
    },
  );
});

function operationOf(step: Json): string {
  return step.operationId.split(".").at(-1);
}

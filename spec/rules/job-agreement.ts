import type { HouseRule, Location, Node, RuleContext } from "./house-rule.ts";
import { answerOf, enumOf, itemsOf, type PlacedSchema, schemaAt } from "./schema-at.ts";

interface Place {
  readonly operation: Node;
  readonly pathItem: Node;
  readonly file: string;
}

/** The description of jobs agrees with the operations and schemas that it speaks of. */
export const jobAgreement: HouseRule = {
  id: "job-agreement",
  reason: "Waiters, machines and exit codes are derived from it; a state or name it does not know would hang a client.",
  create: () => {
    const operations = new Map<string, Place>();
    let pathItem: Node;
    return {
      PathItem(node: Node) {
        pathItem = node;
      },
      Operation(operation: Node, ctx: RuleContext) {
        operations.set(operation.operationId, { operation, pathItem, file: ctx.location.source.absoluteRef });
      },
      Root: {
        leave(root: Node, ctx: RuleContext) {
          if (!root["x-aps-job"]) return;
          const { node: job, location = ctx.location } = ctx.resolve(root["x-aps-job"]);
          new Check(operations, ctx, location).run(job);
        },
      },
    };
  },
};

class Check {
  readonly #operations: ReadonlyMap<string, Place>;
  readonly #ctx: RuleContext;
  readonly #at: Location;

  constructor(operations: ReadonlyMap<string, Place>, ctx: RuleContext, at: Location) {
    this.#operations = operations;
    this.#ctx = ctx;
    this.#at = at;
  }

  run(job: Node): void {
    const parts = job?.subJobs;
    if (!job?.show || !parts?.list) {
      this.#say("is incomplete. See spec/extensions/x-aps-job.yaml.");
      return;
    }
    const shown = this.#answer(job.show.operationId, ["show"]);
    this.#parameter(job.show.operationId, job.show.parameter);
    for (const name of ["type", "beginTime", "endTime"]) this.#follow(shown, job[name], name);
    const subJobs = this.#follow(shown, parts.items, "subJobs/items");
    const subJob = subJobs && itemsOf(subJobs, this.#ctx);
    for (const name of ["type", "resourceId", "resourceName", "errorCode", "errorMessage"]) {
      this.#follow(subJob, parts[name], `subJobs/${name}`);
    }
    this.#states(this.#follow(shown, job.status, "status"), job.states);
    this.#states(this.#follow(subJob, parts.status, "subJobs/status"), parts.states);
    for (const list of [job.list, parts.list, parts.count]) this.#list(list);
    this.#answer(parts.delete?.operationId, ["subJobs", "delete"]);
    this.#kinds(job, this.#follow(shown, job.type, "type"));
  }

  #say(text: string): void {
    this.#ctx.report({ message: `x-aps-job ${text}`, location: this.#at });
  }

  /** Each state of the schema stands in exactly one list, and each listed state is in the schema. */
  #states(status: PlacedSchema | undefined, states: Record<string, string[]> | undefined): void {
    const listed = Object.values(states ?? {}).flat();
    const known = enumOf(status?.schema);
    for (const state of known) {
      const times = listed.filter((one) => one === state).length;
      if (times === 0) this.#say(`does not classify the state ${state}. Put it under waiting, done or failed.`);
      if (times > 1) this.#say(`classifies the state ${state} more than once.`);
    }
    for (const state of listed) if (!known.includes(state)) this.#say(`classifies ${state}, which no schema has.`);
  }

  #list(list: Node): void {
    const answer = this.#answer(list?.operationId, []);
    for (const name of ["items", "count"]) if (list?.[name]) this.#follow(answer, list[name], name);
    for (const name of ["jobParameter", "typeParameter", "statusParameter"]) {
      if (list?.[name]) this.#parameter(list.operationId, list[name]);
    }
  }

  #kinds(job: Node, types: PlacedSchema | undefined): void {
    for (const [type, kind] of Object.entries<Node>(job.kinds ?? {})) {
      if (!enumOf(types?.schema).includes(type)) this.#say(`has the kind ${type}, which is no job type.`);
      const started = this.#answer(kind.startedBy, ["kinds", type]);
      this.#follow(started, job.startedJobId, "startedJobId");
      const documented = this.#operations.get(kind.startedBy)?.operation["x-aps-preconditions"]?.server ?? [];
      const allowed: string[] = kind.server?.allowed ?? [];
      if (String([...allowed].sort()) !== String([...documented].sort())) {
        this.#say(`allows other states for ${type} than x-aps-preconditions of ${kind.startedBy}.`);
      }
    }
  }

  #answer(operationId: string | undefined, path: string[]): PlacedSchema | undefined {
    const place = this.#operations.get(operationId ?? "");
    if (!place) {
      this.#say(`${path.join("/")} names ${operationId}, which is no operation.`);
      return undefined;
    }
    return answerOf(place.operation, place.file, this.#ctx);
  }

  #follow(start: PlacedSchema | undefined, pointer: string, name: string): PlacedSchema | undefined {
    if (!start) return undefined;
    const found = schemaAt(start, pointer, this.#ctx);
    if (!found) this.#say(`${name} points to ${pointer}, which the answer does not have.`);
    return found;
  }

  #parameter(operationId: string, name: string): void {
    const place = this.#operations.get(operationId);
    if (!place) return;
    const all: Node[] = [...(place.operation.parameters ?? []), ...(place.pathItem?.parameters ?? [])];
    if (all.some((one) => this.#ctx.resolve(one, place.file).node?.name === name)) return;
    this.#say(`names the parameter ${name}, which ${operationId} does not have.`);
  }
}

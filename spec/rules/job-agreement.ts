import { follow } from "./follow.ts";
import type { HouseRule, Location, Node, RuleContext } from "./house-rule.ts";
import { answerOf, enumOf, itemsOf, type PlacedSchema, resolved, schemaAt } from "./schema-at.ts";

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
          const { node: families, location } = follow(root["x-aps-job"], ctx.location.child("x-aps-job"), ctx);
          for (const [family, job] of Object.entries<Node>(families)) {
            new Check(operations, ctx, location.child(family)).run(job);
          }
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
    for (const name of ["beginTime", "endTime"]) this.#follow(shown, job[name], name);
    const subJobs = this.#follow(shown, parts.items, "subJobs/items");
    const subJob = subJobs && itemsOf(subJobs, this.#ctx);
    for (const name of ["type", "resourceId", "resourceName", "errorCode", "errorMessage"]) {
      this.#follow(subJob, parts[name], `subJobs/${name}`);
    }
    const status = this.#follow(shown, job.status, "status");
    const subStatus = this.#follow(subJob, parts.status, "subJobs/status");
    const type = this.#follow(shown, job.type, "type");
    this.#states(status, job.states);
    this.#states(subStatus, parts.states);
    if (job.list) this.#list(job.list, status, type);
    for (const list of [parts.list, parts.count]) this.#list(list, subStatus, type);
    if (parts.delete) this.#answer(parts.delete.operationId, ["subJobs", "delete"]);
    this.#kinds(job, type);
    this.#server(job);
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

  /** A list can be asked only for states and types that its items can have. */
  #list(list: Node, status: PlacedSchema | undefined, type: PlacedSchema | undefined): void {
    const answer = this.#answer(list?.operationId, []);
    for (const name of ["items", "count"]) if (list?.[name]) this.#follow(answer, list[name], name);
    if (list?.jobParameter) this.#parameter(list.operationId, list.jobParameter);
    for (const [name, schema] of [
      [list?.statusParameter, status],
      [list?.typeParameter, type],
    ] as const) {
      const known = enumOf(schema?.schema);
      const filter = name && this.#parameter(list.operationId, name);
      for (const value of enumOf(filter)) {
        if (value === "" || known.includes(value)) continue;
        this.#say(
          `filters ${list.operationId} by ${name} ${value}, which no answer has. Remove it there, or add it here.`,
        );
      }
    }
  }

  #kinds(job: Node, types: PlacedSchema | undefined): void {
    for (const [type, kind] of Object.entries<Node>(job.kinds ?? {})) {
      if (!enumOf(types?.schema).includes(type)) this.#say(`has the kind ${type}, which is no job type.`);
      const started = this.#answer(kind.startedBy, ["kinds", type]);
      this.#follow(started, job.startedJobId, "startedJobId");
      if (kind.startedInBatchesBy) this.#batch(kind.startedInBatchesBy, type);
      const documented = this.#operations.get(kind.startedBy)?.operation["x-aps-preconditions"]?.server ?? [];
      const allowed: string[] = kind.server?.allowed ?? [];
      if (String([...allowed].sort()) !== String([...documented].sort())) {
        this.#say(`allows other states for ${type} than x-aps-preconditions of ${kind.startedBy}.`);
      }
    }
  }

  /** A batch that starts a job for each server says in `x-aps-batch` where their ids are. */
  #batch(operationId: string, type: string): void {
    this.#answer(operationId, ["kinds", type]);
    const place = this.#operations.get(operationId);
    if (!place || place.operation["x-aps-batch"]?.answers?.jobId) return;
    this.#say(`starts ${type} in batches by ${operationId}, whose x-aps-batch names no jobId.`);
  }

  /** What the server shows of itself, and the states that its machine goes through. */
  #server(job: Node): void {
    const { show, status, lastJob = {}, machine } = job.server ?? {};
    if (!show) {
      this.#say("does not say where the server shows its state.");
      return;
    }
    const server = this.#answer(show.operationId, ["server", "show"]);
    this.#parameter(show.operationId, show.parameter);
    this.#follow(server, status, "server/status");
    for (const [name, pointer] of Object.entries<string>(lastJob)) {
      this.#follow(server, pointer, `server/lastJob/${name}`);
    }
    if (!machine) return;
    const states = enumOf(this.#follow(server, machine.status, "server/machine/status")?.schema);
    const tasks = enumOf(this.#follow(server, machine.task, "server/machine/task")?.schema);
    for (const [type, kind] of Object.entries<Node>(job.kinds ?? {})) {
      const { during, after, failed, tasks: own = [] } = kind.machine ?? {};
      for (const state of [during, after, failed]) {
        if (!state || state === "gone" || states.includes(state)) continue;
        this.#say(`has the state ${state} for the machine of ${type}, which no schema has.`);
      }
      for (const task of own) {
        if (!tasks.includes(task)) this.#say(`has the task ${task} for the machine of ${type}, which no schema has.`);
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

  /** The schema of a parameter. */
  #parameter(operationId: string, name: string): Node {
    const place = this.#operations.get(operationId);
    if (!place) return undefined;
    const all: Node[] = [...(place.operation.parameters ?? []), ...(place.pathItem?.parameters ?? [])];
    const found = all.map((one) => resolved({ schema: one, file: place.file }, this.#ctx));
    const parameter = found.find(({ schema }) => schema?.name === name);
    if (!parameter) this.#say(`names the parameter ${name}, which ${operationId} does not have.`);
    return parameter && resolved({ schema: parameter.schema.schema, file: parameter.file }, this.#ctx).schema;
  }
}

import type { Context } from "../context.ts";
import { effects } from "../faults/effects.ts";
import { readFault } from "../faults/read-fault.ts";
import type { Answer, IncomingRequest } from "../http/message.ts";
import { InvalidInput } from "../invalid-input.ts";
import type { GivenVisit } from "../streaming/by-hand.ts";
import { aboutRules, rulesOf } from "../world/rules.ts";
import { makeUnkind } from "./make-unkind.ts";
import { moveClock } from "./move-clock.ts";
import { stateView } from "./state-view.ts";

const prefix = "/__emulator/";

/** Whether a request is for the emulator itself and not for the service. */
export function isAdmin({ path }: IncomingRequest): boolean {
  return path.startsWith(prefix) || `${path}/` === prefix;
}

/** Answers what steers the emulator from outside: faults, clock, state, requests, violations, reset. */
export function answerAdmin(context: Context, request: IncomingRequest): Answer {
  return { ...answer(context, request), layout: "indented" };
}

function answer(context: Context, request: IncomingRequest): Answer {
  const [what = "", id] = request.path.slice(prefix.length).split("/");
  const document = request.method === "GET" ? context.options.documents?.[what] : undefined;
  if (document !== undefined) return ok({ ...document(), servers: [{ url: `http://${request.headers.host}` }] });
  const action = actions[`${request.method} ${what}`];
  if (action === undefined) return { status: 404, body: { message: "No such action.", actions: offersOf(context) } };
  try {
    return action.run(context, request, id);
  } catch (error) {
    if (error instanceof InvalidInput) return { status: 400, body: { message: error.message } };
    throw error;
  }
}

interface Action {
  /** What it does, for whoever asks what there is. */
  readonly says: string;
  run(context: Context, request: IncomingRequest, id: string | undefined): Answer;
}

const ok = (body: unknown): Answer => ({ status: 200, body });

const actions: Readonly<Record<string, Action>> = {
  "GET ": {
    says: "what there is",
    run: (context) => ok({ actions: offersOf(context), faults: effectsView, rules: aboutRules }),
  },
  "GET state": { says: "users, and projects with what is in them", run: ({ state }) => ok(stateView(state)) },
  "POST reset": {
    says: "back to the world that it started with",
    run(context) {
      context.reset();
      return ok({});
    },
  },
  "GET rules": { says: "how the service behaves where it may be otherwise", run: ({ rules }) => ok(rules) },
  "POST rules": {
    says: 'changes rules: { "lockKeys": true }',
    run(context, request) {
      context.rules = rulesOf({ ...context.rules, ...readObject(request) });
      return ok(context.rules);
    },
  },
  "POST unkind": {
    says: 'adds all that makes the world unkind, drawn from a seed: { "seed": 7 }',
    run(context, request) {
      const { seed = 1, ...others } = readObject(request) as { readonly seed?: unknown };
      if (Object.keys(others).length > 0 || !Number.isInteger(seed))
        throw new InvalidInput('The body must be { "seed": a whole number }, or {}.');
      return ok(makeUnkind(context, Number(seed)));
    },
  },
  "POST sessions": {
    says: 'lets a user in, on a server or in a group: { "user": "anna", "serverId": "..", "forMs": 600000 }',
    run({ sessions }, request) {
      const id = sessions.start(readObject(request) as GivenVisit);
      return id === undefined
        ? { status: 409, body: { message: "No server of the group takes a user." } }
        : { status: 201, body: { id } };
    },
  },
  "DELETE sessions": {
    says: "lets the user go whose session's id follows",
    run({ sessions }, _request, id = "") {
      return sessions.end(id) ? ok({}) : { status: 404, body: { message: `There is no open session ${id}.` } };
    },
  },
  "GET clock": {
    says: "time, speed, and how far it is ahead of this machine's",
    run: ({ clock }) => ok(clockView(clock)),
  },
  "POST clock": {
    says: 'sets the speed, moves the time: { "speed": 0 }, { "advanceMs": 60000 }, { "skewMs": -3600000 }',
    run({ clock }, request) {
      moveClock(clock, readJson(request));
      return ok(clockView(clock));
    },
  },
  "GET faults": { says: "faults that are left", run: ({ faults }) => ok(faults.list()) },
  "POST faults": {
    says: 'adds a fault: { "operation": "RecreateServerImage", "effect": { "type": "cut", "afterWork": true } }',
    run: ({ faults }, request) => ({ status: 201, body: { id: faults.add(readFault(readJson(request))) } }),
  },
  "DELETE faults": {
    says: "removes all faults, or the one whose id follows",
    run({ faults }, _request, id) {
      if (id === undefined) faults.clear();
      else if (!faults.remove(Number(id))) return { status: 404, body: { message: `There is no fault ${id}.` } };
      return ok(faults.list());
    },
  },
  "GET requests": { says: "the last requests, oldest first", run: ({ requests }) => ok(requests) },
  "GET violations": { says: "answers that broke the contract", run: ({ violations }) => ok(violations) },
};

function offersOf({ options }: Context): Readonly<Record<string, string>> {
  const documents = Object.keys(options.documents ?? {}).map((name) => [
    `GET ${prefix}${name}`,
    "the contract as OpenAPI, with this emulator as its server",
  ]);
  const own = Object.entries(actions).map(([key, { says }]) => [key.replace(" ", ` ${prefix}`), says]);
  return Object.fromEntries([...own, ...documents]);
}

function clockView(clock: Context["clock"]): object {
  return { now: new Date(clock.now()).toISOString(), speed: clock.speed, skewMs: clock.skewMs };
}

const effectsView = Object.fromEntries(
  Object.entries(effects).map(([type, { says, example, fields }]) => [
    type,
    { says, fields: Object.fromEntries(Object.entries(fields).map(([name, { rule }]) => [name, rule])), example },
  ]),
);

function readObject(request: IncomingRequest): object {
  const value = readJson(request);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new InvalidInput("The body must be an object.");
}

function readJson({ body }: IncomingRequest): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    throw new InvalidInput(`The body is not JSON: ${(error as Error).message}.`);
  }
}

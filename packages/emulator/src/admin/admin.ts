import type { Context } from "../emulator.ts";
import { readFault } from "../faults/read-fault.ts";
import type { Answer, IncomingRequest } from "../http/message.ts";

const prefix = "/__emulator/";

/** Whether a request is for the emulator itself and not for the service. */
export function isAdmin({ path }: IncomingRequest): boolean {
  return path.startsWith(prefix);
}

/** Answers what steers the emulator from outside: faults, clock, state, requests, violations, reset. */
export function answerAdmin(context: Context, request: IncomingRequest): Answer {
  const [what = "", id] = request.path.slice(prefix.length).split("/");
  const action = actions[`${request.method} ${what}`];
  if (action !== undefined) return action(context, request, id);
  const offers = Object.keys(actions).map((key) => key.replace(" ", ` ${prefix}`));
  return { status: 404, body: { message: "No such action.", actions: offers } };
}

type Action = (context: Context, request: IncomingRequest, id: string | undefined) => Answer;

const actions: Readonly<Record<string, Action>> = {
  "GET faults": ({ faults }) => ({ status: 200, body: faults.list() }),
  "POST faults": ({ faults }, request) => {
    try {
      return { status: 201, body: { id: faults.add(readFault(json(request))) } };
    } catch (error) {
      if (error instanceof TypeError) return { status: 400, body: { message: error.message } };
      throw error;
    }
  },
  "DELETE faults": ({ faults }, _request, id) => {
    if (id === undefined) faults.clear();
    else if (!faults.remove(Number(id))) return { status: 404, body: { message: `There is no fault ${id}.` } };
    return { status: 200, body: faults.list() };
  },
  "GET clock": (context) => ({ status: 200, body: clockView(context) }),
  "POST clock": (context, request) => {
    const { speed, advanceMs } = json(request) as { speed?: unknown; advanceMs?: unknown };
    for (const [name, value] of Object.entries({ speed, advanceMs })) {
      if (value === undefined || (Number.isFinite(value) && (value as number) >= 0)) continue;
      return { status: 400, body: { message: `${name} must be a number from 0; given was ${JSON.stringify(value)}.` } };
    }
    if (speed !== undefined) context.clock.speed = speed as number;
    if (advanceMs !== undefined) context.clock.advance(advanceMs as number);
    return { status: 200, body: clockView(context) };
  },
  "GET state": ({ state }) => ({ status: 200, body: stateView(state.projects) }),
  "GET requests": ({ requests }) => ({ status: 200, body: requests }),
  "GET violations": ({ violations }) => ({ status: 200, body: violations }),
  "POST reset": (context) => {
    context.reset();
    return { status: 200, body: {} };
  },
};

function clockView({ clock }: Context): object {
  return { now: new Date(clock.now()).toISOString(), speed: clock.speed };
}

/** Projects with what is in them, maps as lists. Tokens and keys are left out. */
function stateView(projects: Context["state"]["projects"]): object {
  return {
    projects: [...projects.values()].map(({ id, name, servers, jobs, images }) => ({
      id,
      name,
      servers: [...servers.values()],
      jobs: [...jobs.values()],
      images: [...images.values()],
    })),
  };
}

function json(request: IncomingRequest): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(request.body));
  } catch {
    return {};
  }
}

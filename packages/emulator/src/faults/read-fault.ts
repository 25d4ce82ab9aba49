import { type Fields, hold, isCount, isNumber, isObject, isText, needed, optional, show } from "../check-fields.ts";
import { routes } from "../generated/contract.ts";
import { InvalidInput } from "../invalid-input.ts";
import { effects } from "./effects.ts";
import type { Fault } from "./fault.ts";

const routesById = new Map(routes.map((route) => [route.operationId, route]));

const fields: Fields = {
  operation: optional(`one of ${[...routesById.keys()].join(", ")}`, (id) => isText(id) && routesById.has(String(id))),
  resource: optional("the id of a resource", (id) => isText(id) && id !== ""),
  from: optional("a whole number from 1", isCount),
  times: optional("a whole number from 1", isCount),
  probability: optional("a number from 0 to 1", (number) => isNumber(number) && Number(number) <= 1),
  effect: needed("an object", isObject),
};

/**
 * Reads a fault that was given from outside.
 *
 * @throws InvalidInput that names the field, the rule and what was given.
 */
export function readFault(value: unknown): Fault {
  if (!isObject(value)) throw new InvalidInput("A fault must be an object.");
  const fault = value as Fault;
  hold("fault", fault, fields);
  const { type, ...effect } = fault.effect;
  if (!Object.hasOwn(effects, String(type)))
    throw new InvalidInput(`effect.type must be one of ${Object.keys(effects).join(", ")}; given was ${show(type)}.`);
  const facts = effects[type];
  hold("effect", effect, facts.fields);
  if (type === "cut" && fault.effect.type === "cut" && fault.effect.afterWork && fault.effect.workAfterMs !== undefined)
    throw new InvalidInput("effect.workAfterMs must go with afterWork false: the work is done once.");
  const route = routesById.get(fault.operation ?? "");
  if (route === undefined || facts.suits(route)) return fault;
  const suited = routes.filter(facts.suits).map(({ operationId }) => operationId);
  throw new InvalidInput(`fault.operation ${fault.operation} cannot have a fault ${type}; ${suited.join(", ")} can.`);
}

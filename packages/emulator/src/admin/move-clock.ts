import { InvalidInput } from "../invalid-input.ts";
import type { Clock } from "../world/clock.ts";

/**
 * Does to a clock what was asked from outside.
 *
 * @throws InvalidInput that says what may be asked.
 */
export function moveClock(clock: Clock, asked: unknown): void {
  if (typeof asked !== "object" || asked === null || Array.isArray(asked))
    throw new InvalidInput('The body must be an object, such as { "advanceMs": 60000 }.');
  const unknown = Object.keys(asked).find((name) => name !== "speed" && name !== "advanceMs");
  if (unknown !== undefined) throw new InvalidInput(`${unknown} is not known; speed and advanceMs are.`);
  const { speed, advanceMs } = asked as { readonly speed?: unknown; readonly advanceMs?: unknown };
  for (const [name, value] of Object.entries({ speed, advanceMs })) {
    if (value === undefined || (Number.isFinite(value) && Number(value) >= 0)) continue;
    throw new InvalidInput(`${name} must be a number from 0; given was ${JSON.stringify(value)}.`);
  }
  if (speed !== undefined) clock.speed = speed as number;
  if (advanceMs !== undefined) clock.advance(advanceMs as number);
}

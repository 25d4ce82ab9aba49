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
  const { speed, advanceMs, skewMs, ...unknown } = asked as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(unknown))
    throw new InvalidInput(`${name} is not known; speed, advanceMs and skewMs are.`);
  if (skewMs !== undefined && !Number.isFinite(skewMs))
    throw new InvalidInput(`skewMs must be a number; given was ${JSON.stringify(skewMs)}.`);
  for (const [name, value] of Object.entries({ speed, advanceMs })) {
    if (value === undefined || (Number.isFinite(value) && Number(value) >= 0)) continue;
    throw new InvalidInput(`${name} must be a number from 0; given was ${JSON.stringify(value)}.`);
  }
  if (speed !== undefined) clock.speed = speed as number;
  if (skewMs !== undefined) clock.skewMs = skewMs as number;
  if (advanceMs !== undefined) clock.advance(advanceMs as number);
}

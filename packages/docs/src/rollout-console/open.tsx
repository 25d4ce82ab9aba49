import { render } from "preact";
import "./rollout-console.css";
import type { Language } from "../edition/language.ts";
import { rolloutWords } from "../words/rollout.ts";
import { RolloutConsole } from "./rollout-console.tsx";

/**
 * Puts the console that rolls an image out into a page.
 *
 * @param closed ends its run and takes it out again.
 */
export function openRolloutConsole(place: Element, language: string, closed: AbortSignal): void {
  if (closed.aborted) return;
  place.replaceChildren();
  render(<RolloutConsole words={rolloutWords[language as Language]} />, place);
  closed.addEventListener("abort", () => render(null, place), { once: true });
}

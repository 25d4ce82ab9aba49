import { render } from "preact";
import "./console.css";
import { consoleWords } from "../words/console.ts";
import { Console } from "./console.tsx";
import type { ConsoleFacts } from "./facts.ts";

/** Puts the console of an operation into a page. */
export function openConsole(place: Element, facts: ConsoleFacts): void {
  place.replaceChildren();
  render(<Console facts={facts} words={consoleWords[facts.language]} />, place);
}

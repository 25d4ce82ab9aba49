import { asNode } from "../document.ts";
import { compareMedia } from "./media.ts";
import type { Pair } from "./pair.ts";
import { unknownFields } from "./unknown-fields.ts";
import type { Found } from "./verdict.ts";

/** Compares what is sent in the body of a request. */
export function compareBodies(pair: Pair, before: unknown, after: unknown, steps: readonly string[]): Found[] {
  const [was, is] = [asNode(pair.request.old.follow(before)), asNode(pair.request.new.follow(after))];
  const found = (verdict: Found["verdict"], rule: string, says: string): Found[] => [{ verdict, rule, says, steps }];
  if (before === undefined && after === undefined) return [];
  if (after === undefined) return found("breaking", "request-body-removed", "The request has no body any more.");
  if (before === undefined) {
    return is.required === true
      ? found("breaking", "request-body-added", "The request must have a body now.")
      : found("safe", "request-body-added", "The request may have a body now.");
  }
  const required = [was, is].map((body) => body.required === true);
  return [
    ...(required[1] && !required[0] ? found("breaking", "request-body-required", "The body is required now.") : []),
    ...(required[0] && !required[1] ? found("safe", "request-body-optional", "The body may be left out now.") : []),
    ...compareMedia(pair, "request", asNode(was.content), asNode(is.content), [...steps, "content"]),
    ...unknownFields(pair.request, was, is, ["required", "content"], steps),
  ];
}

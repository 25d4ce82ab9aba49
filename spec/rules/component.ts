import type { Location } from "./house-rule.ts";

const KINDS = "schemas|parameters|responses|headers|examples|securitySchemes";
const IN_TREE = new RegExp(`/(${KINDS})/([^/]+)\\.yaml$`);
const IN_BUNDLE = new RegExp(`^#/components/(${KINDS})/([^/]+)$`);

/** The component that a location is the root of, in the tree (a file) or in the bundle (an entry of `components`). */
export function componentAt(location: Location): { kind: string; name: string } | undefined {
  const match =
    location.pointer === "#/" ? IN_TREE.exec(location.source.absoluteRef) : IN_BUNDLE.exec(location.pointer);
  return match?.[1] && match[2] ? { kind: match[1], name: match[2] } : undefined;
}

/** `X-Request-Id` and `job_id` as they are written in the name of a component: `XRequestId`, `JobId`. */
export function componentCase(name: string): string {
  return name.replace(/(?:^|[-_])([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

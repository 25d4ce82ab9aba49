import { houseRules } from "./index.ts";

/** The Redocly plugin: each house rule as `aps/<id>`, and the set `aps/house` with all of them as errors. */
export default function plugin() {
  return {
    id: "aps",
    rules: { oas3: Object.fromEntries(houseRules.map((rule) => [rule.id, rule.create])) },
    configs: { house: { rules: Object.fromEntries(houseRules.map((rule) => [`aps/${rule.id}`, "error"])) } },
  };
}

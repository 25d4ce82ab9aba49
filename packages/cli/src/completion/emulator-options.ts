import { usageOf } from "@workspace-aps/emulator/node";
import type { Option } from "../arguments/option.ts";

/** The options that the emulator reads itself, as its help lists them. */
export function emulatorOptions(): readonly Option[] {
  return [...usageOf("aps emulator").matchAll(/^ {2}--([a-z-]+)(?: (<[a-z]+>))? +(.*)$/gm)].map(
    ([, name = "", placeholder, about = ""]): Option => ({
      name,
      type: placeholder === undefined ? "switch" : "text",
      ...(placeholder === undefined ? {} : { placeholder }),
      about: about.replaceAll(/ {2,}/g, " "),
    }),
  );
}

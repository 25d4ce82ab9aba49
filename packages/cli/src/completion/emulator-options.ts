import { programOptions } from "@workspace-aps/emulator/node";
import type { Option } from "../arguments/option.ts";

/** The options that the emulator reads itself. */
export const emulatorOptions: readonly Option[] = programOptions.map(({ name, placeholder, about, byDefault }) => ({
  name,
  about: byDefault === undefined ? about : `${about} (default ${byDefault})`,
  ...(placeholder === undefined ? { type: "switch" } : { type: "text", placeholder }),
}));

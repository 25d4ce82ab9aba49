import { connectionOptions } from "../arguments/option.ts";

/** What a profile may hold, in snake case: options, and the section of the vendor's file that holds its keys. */
export const settingNames: readonly string[] = [
  ...connectionOptions.map(({ name }) => name).filter((name) => name !== "profile"),
  "output",
  "log-format",
  "time-zone",
  "update-notice",
  "credentials",
].map((name) => name.replaceAll("-", "_"));

import type { CommandInfo } from "../command-info.ts";
import { catalogueOfNoun } from "../generated/catalogue-of-noun.ts";

/** Every command, in the order of help. */
export async function catalogue(): Promise<readonly CommandInfo[]> {
  return (await import("../generated/catalogue.ts")).catalogue;
}

/** The commands of one noun, or every command where there is no such noun. Loading all of them takes its time. */
export async function catalogueOf(noun: string): Promise<readonly CommandInfo[]> {
  const load = Object.hasOwn(catalogueOfNoun, noun) ? catalogueOfNoun[noun] : undefined;
  return (await load?.())?.catalogue ?? catalogue();
}

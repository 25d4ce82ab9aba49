import type { Edition } from "../edition/edition.ts";
import { changelogPage, downloadsPage, quirksPage } from "./contract.ts";
import { errorPages } from "./errors.ts";
import { jobsPage } from "./jobs.ts";
import { limitsPage } from "./limits.ts";
import type { Page } from "./page.ts";
import { permissionsPage } from "./permissions.ts";
import { regionsPage } from "./regions.ts";

/** Every page of an edition that is made from the contract and is not an operation's. */
export async function contractPages(edition: Edition): Promise<Page[]> {
  return [
    jobsPage(edition),
    permissionsPage(edition),
    regionsPage(edition),
    limitsPage(edition),
    await quirksPage(edition),
    await changelogPage(edition),
    downloadsPage(edition),
    ...errorPages(edition),
  ];
}

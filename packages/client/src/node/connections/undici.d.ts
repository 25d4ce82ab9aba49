// Only what is used of undici is loaded. Its main file loads all of it, and puts an agent of its own under the platform's fetch.
declare module "undici/lib/dispatcher/pool.js" {
  import type { Pool } from "undici";

  const value: typeof Pool;
  export default value;
}

declare module "undici/lib/core/connect.js" {
  import type { buildConnector } from "undici";

  const value: typeof buildConnector;
  export default value;
}

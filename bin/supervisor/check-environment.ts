import { readConfig } from "../../server/config.js";

/** Stand-ins for what `npm start` finds out later. */
const FOUND_LATER = { DATABASE_URL: "postgres://127.0.0.1/loopwright", TEMPORAL_ADDRESS: "127.0.0.1:7233" };

/** Reads what the product will read, before anything is started. Throws with a line for each wrong value. */
export function checkEnvironment(env: NodeJS.ProcessEnv): void {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== "");
  readConfig({ ...FOUND_LATER, ...Object.fromEntries(given) });
}

import pg from "pg";
import type { SupervisorSettings } from "./settings.js";

/** Products that the sandbox plays. */
const PLAYED = ["slack", "jira", "salesforce"];

/** `auto` means: until a real account of one of these products is connected. */
export async function settleSandbox(settings: SupervisorSettings, databaseUrl: string): Promise<SupervisorSettings> {
  const isSettled = settings.sandbox !== "auto" || settings.role !== "all";
  if (isSettled || !(await hasRealConnection(databaseUrl))) return settings;
  return { ...settings, sandbox: "off" };
}

/** False as well where the product never ran: it makes its tables itself. */
export async function hasRealConnection(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const known = await client.query<{ known: boolean }>("select to_regclass('connection') is not null as known");
    if (known.rows[0]?.known !== true) return false;
    const { rowCount } = await client.query(
      "select 1 from connection where not sandbox and connector = any($1) limit 1",
      [PLAYED],
    );
    return rowCount === 1;
  } finally {
    await client.end();
  }
}

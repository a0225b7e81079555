import { isIP } from "node:net";
import { resolve } from "node:path";
import ipaddr from "ipaddr.js";
import { ConfigError, type Config } from "../config.js";
import type { Db } from "../db/database.js";
import { hasAdminWithCredentials } from "./account-store.js";

/** Where only this machine comes in, its own command line vouches for whoever holds a sign-in link. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || (isIP(host) > 0 && ipaddr.process(host).range() === "loopback");

export const isOnThisMachine = ({ hostname }: URL): boolean => isLoopback(hostname.replace(/^\[|\]$/g, ""));

/** Whether others are told to come in, by `PUBLIC_URL`, while only links of the command line sign an admin in. */
export const isOnlyByLink = async (db: Db, publicUrl: string): Promise<boolean> =>
  !isOnThisMachine(new URL(publicUrl)) && !(await hasAdminWithCredentials(db, publicUrl));

/** Throws where others could reach a product that nobody has closed: no admin could sign in from there yet. */
export async function refuseOpenDoor({
  db,
  config,
}: {
  readonly db: Db;
  readonly config: Pick<Config, "host" | "publicUrl" | "port" | "dataDir">;
}): Promise<void> {
  if (isLoopback(config.host) || (await hasAdminWithCredentials(db, config.publicUrl))) return;
  throw new ConfigError(
    [
      `HOST: ${config.host} can be reached from other machines, and no admin has a password yet. Make one first:`,
      `  ${givenTo(config)}npm run --silent cli -- admin create --email you@example.com --password-stdin`,
      "It reads the password from standard input, and needs the DATABASE_URL of this start where one was given.",
    ].join("\n"),
  );
}

/** What a command must be told as the start was, or it makes the admin in another database. */
function givenTo({ port, dataDir }: Pick<Config, "port" | "dataDir">): string {
  const own =
    dataDir === resolve(".loopwright") ? "" : `LOOPWRIGHT_DATA_DIR='${dataDir.replaceAll("'", String.raw`'\''`)}' `;
  return `${port === 4000 ? "" : `PORT=${port} `}${own}`;
}

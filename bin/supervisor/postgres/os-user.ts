import { spawnSync } from "node:child_process";

/** The user that PostgreSQL's processes run as; undefined: as ourselves. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = "postgres";

/** PostgreSQL refuses to run as root, so root lends it the user `postgres`, making it if it is missing. */
export function databaseUser(say: (line: string) => void): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = findUser();
  if (existing !== undefined) return existing;
  say(`PostgreSQL cannot run as root: creating the system user "${NAME}" for it.`);
  const made = spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", NAME], {
    encoding: "utf8",
  });
  const user = findUser();
  if (user !== undefined) return user;
  const reason = made.error?.message ?? made.stderr.trim();
  throw new Error(
    `PostgreSQL cannot run as root, and the user "${NAME}" could not be created (${reason}). ` +
      "Create it, start Loopwright as another user, or set DATABASE_URL.",
  );
}

function findUser(): OsUser | undefined {
  const uid = idOf("-u");
  const gid = idOf("-g");
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function idOf(flag: string): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, NAME], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}

/** Whether the user may read and pass this path, asked of the system itself: modes, groups and access lists all count. */
export function canReach(path: string, user: OsUser | undefined): boolean {
  const test = spawnSync("/bin/sh", ["-c", '[ -r "$1" ] || [ -d "$1" ] && [ -x "$1" ]', "sh", path], {
    ...(user ?? {}),
    cwd: "/",
  });
  return test.status === 0;
}

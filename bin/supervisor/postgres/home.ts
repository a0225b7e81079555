import { createHash } from "node:crypto";
import { join } from "node:path";

/** The folder for data whose own place the database's user cannot reach, as under a home with mode 0700. */
const SYSTEM_FOLDER = "/var/lib/loopwright";

export const systemHome = (dataDir: string): string =>
  join(SYSTEM_FOLDER, createHash("sha256").update(dataDir).digest("hex").slice(0, 16));

export const systemBinaries = (version: string): string => join(SYSTEM_FOLDER, `postgres-${version}`);

export interface HomeQuestion {
  readonly dataDir: string;
  readonly hasCluster: (home: string) => boolean;
  /** Whether the database's user can pass through the data folder. */
  readonly reachable: boolean;
}

export type HomeAnswer = { readonly home: string; readonly moved: boolean } | { readonly unreachable: string };

/** Where PostgreSQL's files live. An existing database decides, so that a changed file mode never shows an empty product. */
export function chooseHome({ dataDir, hasCluster, reachable }: HomeQuestion): HomeAnswer {
  const inside = join(dataDir, "postgres");
  const outside = systemHome(dataDir);
  if (hasCluster(inside)) return reachable ? { home: inside, moved: false } : { unreachable: inside };
  if (hasCluster(outside)) return { home: outside, moved: true };
  return reachable ? { home: inside, moved: false } : { home: outside, moved: true };
}

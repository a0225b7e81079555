import { createHash } from "node:crypto";
import { join } from "node:path";

/** The folder for data whose own place the database's user cannot reach, as under a home with mode 0700. */
const SYSTEM_FOLDER = "/var/lib/loopwright";

export const insideHome = (dataDir: string): string => join(dataDir, "postgres");

export const systemHome = (dataDir: string): string =>
  join(SYSTEM_FOLDER, createHash("sha256").update(dataDir).digest("hex").slice(0, 16));

export const systemBinaries = (version: string): string => join(SYSTEM_FOLDER, `postgres-${version}`);

/** `hidden`: something stands there that we may not look into. */
export type Look = "cluster" | "none" | "hidden";

export interface HomeQuestion {
  readonly dataDir: string;
  /** Where the database stood at the last start, as the data folder remembers it. */
  readonly remembered: string | undefined;
  readonly look: (home: string) => Look;
  /** Whether the database's user can pass through the data folder. */
  readonly reachable: boolean;
}

export type HomeAnswer =
  | {
      readonly home: string;
      /** What a person must know of it; empty where there is nothing to say. */
      readonly words: readonly string[];
    }
  | { readonly problem: string };

/**
 * Where PostgreSQL's files live. An existing database decides, so that a changed file mode, another user or a folder that was moved
 * never shows an empty product; one that is not used is named.
 */
export function chooseHome({ dataDir, remembered, look, reachable }: HomeQuestion): HomeAnswer {
  const inside = insideHome(dataDir);
  const places = [...new Set([...(remembered === undefined ? [] : [remembered]), inside, systemHome(dataDir)])];
  const [home, ...others] = places.filter((place) => look(place) === "cluster");
  const hidden = places.find((place) => look(place) === "hidden");
  if (home === inside && !reachable) return { problem: unreachable(inside) };
  if (home !== undefined)
    return { home, words: [...movedWords(dataDir, home, reachable), ...others.map(unused(home))] };
  if (hidden !== undefined) return { problem: unreadable(hidden) };
  if (remembered !== undefined) return { problem: gone(remembered, dataDir) };
  const fresh = reachable ? inside : systemHome(dataDir);
  return { home: fresh, words: movedWords(dataDir, fresh, reachable) };
}

function movedWords(dataDir: string, home: string, reachable: boolean): string[] {
  if (home === insideHome(dataDir)) return [];
  const why = reachable ? `An earlier start could not use ${dataDir}` : `The database's user cannot reach ${dataDir}`;
  return [`${why}: the database stands in ${home}.`];
}

const unused =
  (home: string) =>
  (other: string): string =>
    `Another database of this data folder stands in ${other} and is NOT used; the one in ${home} is. ` +
    `If your data are in the other one: stop, move ${home} away, and start again.`;

const unreachable = (home: string): string =>
  `The database in ${home} cannot be reached by the user it runs as. ` +
  "Let others pass through the folders above it (chmod o+x), or move the data folder and name it with LOOPWRIGHT_DATA_DIR.";

const unreadable = (home: string): string =>
  `This data folder's database stands in ${home}, which the user who starts Loopwright now may not read. ` +
  "Start it as the user who did before (root, perhaps); an empty database is not begun beside it.";

const gone = (home: string, dataDir: string): string =>
  `This data folder's database stood in ${home}, and is not there any more. Bring it back. ` +
  `To begin with an empty one instead, delete ${rememberedFile(dataDir)}.`;

export const rememberedFile = (dataDir: string): string => join(dataDir, "database-home.json");

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The line that the image runs, and that the optional packages `node-<platform>-<arch>` bring along. */
const LINE = 24;

export interface NodeAtHand {
  readonly version: string;
  readonly path: string;
}

/**
 * The Node that api, worker and sandbox run on: the one that came with the packages where this one is older, unless `LOOPWRIGHT_NODE` names another. Temporal keeps an async
 * context open around everything a worker does, which on Node 20 makes every promise dearer.
 */
export function nodeForServers(
  named: string | undefined,
  own: NodeAtHand = { version: process.versions.node, path: process.execPath },
  packaged: string | null = packagedNode(),
): string {
  if (named) return named;
  return Number.parseInt(own.version) >= LINE ? own.path : (packaged ?? own.path);
}

/** Null where there is none for this system, or it was left out on installing. */
function packagedNode(): string | null {
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/package.json`);
    const path = join(dirname(manifest), "bin", "node");
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

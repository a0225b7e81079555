import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SKIPPED_FOLDERS = new Set(["node_modules", "fixtures", "testing", "e2e", "oracles"]);
const SKIPPED_FILES = /\.(test|spec)\.tsx?$|\.md$|^tsconfig.*\.json$|^\./;

/** Files below some folders that take part in the build, as sorted paths from the root. Tests and their helpers do not. */
export function listSources(root, folders) {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => walk(root, folder))
    .sort();
}

function walk(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : walk(root, path);
    return SKIPPED_FILES.test(entry.name) ? [] : [path];
  });
}

/** One hash over names and contents. */
export function hashFiles(root, files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, found from this file, which runs as source and as built. */
export function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package-lock.json"))) {
    if (dirname(folder) === folder)
      throw new Error("The folder with package-lock.json was not found above this program.");
    folder = dirname(folder);
  }
  return folder;
}

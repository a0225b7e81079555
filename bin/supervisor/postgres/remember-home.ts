import { existsSync } from "node:fs";
import { readJson, isRecord, writeAtomically } from "../files.js";
import { insideHome, rememberedFile } from "./home.js";

/**
 * Where the database of a data folder stood at the last start; undefined where it never had one. Inside is remembered as inside, so
 * that a copied or moved folder takes its own along.
 */
export function rememberedHome(dataDir: string): string | undefined {
  const kept = readJson(rememberedFile(dataDir));
  if (!isRecord(kept) || typeof kept["of"] !== "string") return undefined;
  const { home, of } = kept;
  if (typeof home !== "string") return insideHome(dataDir);
  if (of !== dataDir && isHomeOf(of, home)) throw new Error(copied(dataDir, { home, of }));
  return home;
}

/** The folder that it was made for is still there and uses it: ours is a copy, and no two may run on one database. */
const isHomeOf = (dataDir: string, home: string): boolean => {
  const kept = existsSync(dataDir) ? readJson(rememberedFile(dataDir)) : undefined;
  return isRecord(kept) && kept["home"] === home;
};

const copied = (dataDir: string, { home, of }: { home: string; of: string }): string =>
  `${dataDir} is a copy of ${of}, whose database stands in ${home} and was not copied. ` +
  `Start there, or delete ${rememberedFile(dataDir)} to begin with an empty database here.`;

export function rememberHome(dataDir: string, home: string): void {
  const kept = { of: dataDir, ...(home !== insideHome(dataDir) && { home }) };
  writeAtomically(rememberedFile(dataDir), `${JSON.stringify(kept)}\n`);
}

import type { Reader } from "../db/database.js";
import type { Vault } from "./vault.js";

/** Sealed texts in the order asked; null where there is none, it is no text, or its key is gone. */
export async function openTexts(
  vault: Vault,
  reader: Reader,
  cells: Parameters<Vault["open"]>[1],
): Promise<(string | null)[]> {
  const opened = await vault.open(reader, cells);
  return opened.map((cell) => (!cell.erased && typeof cell.value === "string" ? cell.value : null));
}

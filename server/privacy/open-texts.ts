import type { Sealer } from "../../workflows/ports.js";
import type { Reader } from "../db/database.js";

/** Sealed texts in the order asked; null where there is none, it is no text, or its key is gone. */
export async function openTexts(
  sealer: Pick<Sealer, "open">,
  reader: Reader,
  cells: Parameters<Sealer["open"]>[1],
): Promise<(string | null)[]> {
  const opened = await sealer.open(reader, cells);
  return opened.map((cell) => (!cell.erased && typeof cell.value === "string" ? cell.value : null));
}

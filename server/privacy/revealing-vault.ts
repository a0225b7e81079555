import type { Reader } from "../db/database.js";
import type { Vault } from "./vault.js";

/** Tables whose cells are about somebody who gave feedback; names of colleagues are not what this is about. */
const PERSONAL = /^(account|approval|contact|effect|quarantine|revision|run_fact)\./;

/**
 * A vault that opens nothing personal unless `note` was told. Both are asked at once, so that noting costs a reader nothing; if it fails,
 * nothing is shown.
 */
export const revealing = (vault: Vault, note: (reader: Reader) => Promise<void>): Vault => ({
  ...vault,
  async open(reader, cells) {
    if (!cells.some(({ sealed, place }) => sealed !== null && PERSONAL.test(place))) return vault.open(reader, cells);
    const [opened] = await Promise.all([vault.open(reader, cells), note(reader)]);
    return opened;
  },
});

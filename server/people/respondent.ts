import { z } from "zod";
import type { Reader } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";

const valueSchema = z.string().nullable().catch(null);
const respondentSchema = z.object({ name: valueSchema, email: valueSchema, phone: valueSchema });

/** What the author of a response said of themselves. */
export type Respondent = z.infer<typeof respondentSchema>;

const NOBODY: Respondent = { name: null, email: null, phone: null };

/** In the order asked; of whom nothing is kept any more, nothing is told. */
export async function respondentsOf(
  reader: Reader,
  vault: Vault,
  rows: readonly { readonly revisionId: string; readonly respondent: Buffer | null }[],
): Promise<Respondent[]> {
  const cells = rows.map(({ revisionId, respondent }) => ({
    sealed: respondent,
    place: `revision.respondent|${revisionId}`,
  }));
  const opened = await vault.open(reader, cells);
  return opened.map((cell) => (cell.erased ? NOBODY : respondentSchema.catch(NOBODY).parse(cell.value)));
}

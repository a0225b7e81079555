import type { Reader, Tx } from "../db/database.js";
import { conflict } from "../errors.js";
import { normaliseEmail } from "../privacy/normalise-email.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import { findMemberByEmail } from "./member-store.js";
import type { MemberColumns } from "./account-store.js";

/** A name and an address; null where there is none, or its key is gone. */
export interface OpenedDetails {
  readonly name: string | null;
  readonly email: string | null;
}

/** What is given of them. */
export interface Details {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

const placeOf = (column: keyof OpenedDetails, memberId: string): string => `member.${column}|${memberId}`;

export const blindEmail = (tx: Tx, vault: Vault, { workspaceId, email }: { workspaceId: string; email: string }) =>
  vault.blind(tx, workspaceId, `member.email:${normaliseEmail(email)}`);

interface Whose {
  readonly id: string;
  readonly workspace_id: string;
  readonly subject_id: string;
}

/** What is given, as columns hold it. Throws where somebody else of the workspace has the address. */
export async function sealDetails(
  tx: Tx,
  vault: Vault,
  member: Whose,
  { name = null, email = null }: Details | OpenedDetails,
): Promise<Pick<MemberColumns, "name" | "email" | "email_blind">> {
  const { id, workspace_id: workspaceId, subject_id: subjectId } = member;
  const [sealedName, sealedEmail] = await vault.seal(tx, [
    { subjectId, place: placeOf("name", id), value: name },
    { subjectId, place: placeOf("email", id), value: email },
  ]);
  const emailBlind = email === null ? null : await blindEmail(tx, vault, { workspaceId, email });
  if (emailBlind) await refuseTaken(tx, member, emailBlind);
  return {
    ...(sealedName && { name: sealedName }),
    ...(sealedEmail && emailBlind && { email: sealedEmail, email_blind: emailBlind }),
  };
}

async function refuseTaken(tx: Tx, { id, workspace_id }: Whose, emailBlind: Buffer): Promise<void> {
  const known = await findMemberByEmail(tx, workspace_id, emailBlind);
  if (known && known.id !== id) throw conflict("email_taken", "Somebody else signs in with this address already.");
}

interface SealedName {
  readonly id: string;
  readonly name: Buffer;
}

interface SealedDetails extends SealedName {
  readonly email: Buffer | null;
}

const nameCell = ({ id, name }: SealedName) => ({ sealed: name, place: placeOf("name", id) });
const cellsOf = (row: SealedDetails) => [nameCell(row), { sealed: row.email, place: placeOf("email", row.id) }];

export const openNames = (reader: Reader, vault: Vault, rows: readonly SealedName[]): Promise<(string | null)[]> =>
  openTexts(vault, reader, rows.map(nameCell));

export async function openDetails(reader: Reader, vault: Vault, row: SealedDetails): Promise<OpenedDetails> {
  const [name = null, email = null] = await openTexts(vault, reader, cellsOf(row));
  return { name, email };
}

/** In the order of the rows. */
export async function openEachDetails<Row extends SealedDetails>(
  reader: Reader,
  vault: Vault,
  rows: readonly Row[],
): Promise<(Omit<Row, keyof OpenedDetails> & OpenedDetails)[]> {
  const texts = await openTexts(vault, reader, rows.flatMap(cellsOf));
  return rows.map((row, index) => ({ ...row, name: texts[2 * index] ?? null, email: texts[2 * index + 1] ?? null }));
}

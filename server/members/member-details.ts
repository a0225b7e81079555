import type { Tx } from "../db/database.js";
import { conflict } from "../errors.js";
import { normaliseEmail } from "../privacy/normalise-email.js";
import type { Vault } from "../privacy/vault.js";
import { findMemberByEmail } from "./member-store.js";
import type { MemberColumns } from "./account-store.js";

export interface Details {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export const blindEmail = (tx: Tx, vault: Vault, { workspaceId, email }: { workspaceId: string; email: string }) =>
  vault.blind(tx, workspaceId, `member.email:${normaliseEmail(email)}`);

interface Whose {
  readonly id: string;
  readonly workspace_id: string;
  readonly subject_id: string;
}

/** A name and an address as their columns hold them. Throws where somebody else of the workspace has the address. */
export async function detailsOf(
  tx: Tx,
  vault: Vault,
  member: Whose,
  { name = null, email = null }: { readonly [Name in keyof Details]?: string | null | undefined },
): Promise<MemberColumns> {
  const { id, workspace_id: workspaceId, subject_id: subjectId } = member;
  const [sealedName, sealedEmail] = await vault.seal(tx, [
    { subjectId, place: `member.name|${id}`, value: name },
    { subjectId, place: `member.email|${id}`, value: email },
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

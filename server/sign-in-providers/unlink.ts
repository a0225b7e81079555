import { auditBy } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import { notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { lockMember } from "../members/account-store.js";
import { endSessions } from "../members/sessions.js";
import { dropOpenLinks } from "../members/sign-in.js";
import { createLinkTable } from "./link-table.js";

const tables = [createLinkTable("oidc_link"), createLinkTable("saml_link")];

/** Their address counts again at their next sign-in: for who has another account at the provider now. */
export async function unlink(tx: Tx, actor: Actor, memberId: string): Promise<void> {
  const { workspaceId } = actor;
  const member = await lockMember(tx, memberId);
  if (member?.workspace_id !== workspaceId) throw notFound("member");
  let had = false;
  for (const table of tables) had = (await table.remove(tx, memberId)) || had;
  if (!had) throw notFound("link to the provider");
  await endSessions(tx, { memberId });
  await dropOpenLinks(tx, memberId);
  await auditBy(tx, actor, { action: "member.provider_unlinked", target: { kind: "member", id: memberId } });
}

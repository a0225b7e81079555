import { auditBy } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import { conflict, DomainError } from "../errors.js";
import type { Actor } from "../http/route.js";
import type { LinkTable } from "./link-table.js";
import type { Admitting, ProviderKind } from "./provider-api.js";
import type { ProviderRow } from "./provider-table.js";

/** What the columns of every kind say. */
export const admittingOf = ({ label, domains, makes_members, first_role, exclusive }: ProviderRow): Admitting => ({
  ...{ label, domains, makesMembers: makes_members, firstRole: first_role, exclusive },
});

export const admittingColumns = ({ label, domains, makesMembers, firstRole, exclusive }: Admitting) => ({
  ...{ label, domains, makes_members: makesMembers, first_role: firstRole, exclusive },
});

interface Closing {
  readonly links: LinkTable;
  readonly workspaceId: string;
  readonly issuer: string;
}

/** Before other doors close, an admin has come in by this one. */
export async function refuseShutOut(tx: Tx, { links, workspaceId, issuer }: Closing): Promise<void> {
  if (await links.hasAdmin(tx, workspaceId, issuer)) return;
  throw conflict(
    "no_admin_by_provider",
    "Sign in by the provider as an admin first; then you can close the other ways.",
  );
}

export const wrongField = (field: string, message: string): DomainError =>
  new DomainError({ status: 400, code: "invalid_request", message, extra: { fields: { [field]: message } } });

export const recordChange = (
  tx: Tx,
  actor: Actor,
  { kind, makesMembers, firstRole, exclusive }: Admitting & { readonly kind: ProviderKind },
): Promise<void> =>
  auditBy(tx, actor, {
    action: "sign_in_provider.changed",
    target: { kind: "workspace", id: actor.workspaceId },
    data: { kind, makesMembers, firstRole, exclusive },
  });

export const recordRemoval = (tx: Tx, actor: Actor, kind: ProviderKind): Promise<void> =>
  auditBy(tx, actor, {
    action: "sign_in_provider.removed",
    target: { kind: "workspace", id: actor.workspaceId },
    data: { kind },
  });

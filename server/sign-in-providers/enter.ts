import { audit } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import { endCredentials } from "../members/end-credentials.js";
import { blindEmail } from "../members/member-details.js";
import { findMemberByEmail } from "../members/member-store.js";
import type { Members } from "../members/members.js";
import { letIn } from "../members/sign-in.js";
import type { Vault } from "../privacy/vault.js";
import { admit, type Admission, type Applicant } from "./admission.js";
import type { Claimed } from "./claimed.js";
import type { LinkTable, Subject } from "./link-table.js";
import type { ProviderKind } from "./provider-api.js";
import type { ProviderRow } from "./provider-table.js";

export interface EnterDependencies {
  readonly vault: Vault;
  readonly members: Members;
}

export interface Entering {
  readonly kind: ProviderKind;
  /** Locked: of two who come at once as one subject, one is linked. */
  readonly provider: ProviderRow;
  readonly links: LinkTable;
  readonly claimed: Claimed;
}

export type Refused = Extract<Admission, { kind: "refuse" }>;

/** The token of a new session for whom a provider vouches, whatever protocol it speaks; or why not. */
export async function enter(own: EnterDependencies, tx: Tx, entering: Entering): Promise<string | Refused> {
  const { kind, provider, links, claimed } = entering;
  const { workspace_id: workspaceId, issuer } = provider;
  const subjectBlind = await own.vault.blind(tx, workspaceId, `${links.name}.subject:${issuer} ${claimed.subject}`);
  const subject = { workspaceId, issuer, subjectBlind };
  const admission = admit(await applicantOf(own, tx, entering, subject));
  if (admission.kind === "refuse") {
    await recordRefusal(tx, entering, admission);
    return admission;
  }
  const memberId =
    admission.kind === "make"
      ? await make(own, tx, { provider, name: claimed.name, email: admission.email })
      : admission.memberId;
  if (admission.kind !== "enter") await link(tx, { links, memberId, subject });
  return letIn(tx, { memberId, workspaceId, method: kind });
}

async function applicantOf(
  { vault }: EnterDependencies,
  tx: Tx,
  { provider, links, claimed }: Entering,
  subject: Subject,
): Promise<Applicant> {
  const { workspaceId, issuer } = subject;
  const { email } = claimed;
  const found =
    email === null
      ? undefined
      : await findMemberByEmail(tx, workspaceId, await blindEmail(tx, vault, { workspaceId, email }));
  return {
    claimed,
    linked: await links.find(tx, subject),
    known: found && { ...found, isLinked: await links.isLinked(tx, found.id, issuer) },
    rules: { domains: provider.domains, makesMembers: provider.makes_members },
  };
}

interface NewMember {
  readonly provider: ProviderRow;
  readonly name: string;
  readonly email: string;
}

const make = ({ members }: EnterDependencies, tx: Tx, { provider, name, email }: NewMember): Promise<string> =>
  members.invite(tx, {
    ...{ workspaceId: provider.workspace_id, role: provider.first_role, name, email },
    by: { kind: "system", id: null },
    action: "member.provisioned",
  });

interface NewLink {
  readonly links: LinkTable;
  readonly memberId: string;
  readonly subject: Subject;
}

/** The provider says who they are from now on: whatever somebody set before who had only claimed the address ends. */
async function link(tx: Tx, { links, memberId, subject }: NewLink): Promise<void> {
  const { workspaceId } = subject;
  await endCredentials(tx, { workspaceId, memberId, by: { kind: "system", id: null } });
  await links.insert(tx, memberId, subject);
  await audit(tx, {
    workspaceId,
    actor: { kind: "member", id: memberId },
    action: "member.provider_linked",
    target: { kind: "member", id: memberId },
  });
}

const recordRefusal = (tx: Tx, { kind, provider }: Entering, { reason, memberId }: Refused): Promise<void> =>
  audit(tx, {
    workspaceId: provider.workspace_id,
    actor: { kind: "system", id: null },
    action: "member.sign_in_refused",
    target:
      memberId === undefined ? { kind: "workspace", id: provider.workspace_id } : { kind: "member", id: memberId },
    data: { method: kind, reason },
  });

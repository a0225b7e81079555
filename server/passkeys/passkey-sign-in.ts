import { transact } from "../../workflows/ledger/transact.js";
import { audit } from "../audit/audit.js";
import type { Db, Tx } from "../db/database.js";
import { DomainError } from "../errors.js";
import { workspacesWithPasswords } from "../members/member-store.js";
import { letIn } from "../members/sign-in.js";
import { forgetRefusals, refuseTooMany } from "../members/throttle.js";
import { clientDataOf, handleOf, requestOptions, verifyAssertion } from "./ceremonies.js";
import type { Assertion } from "./passkey-api.js";
import { newChallenge, takeChallenge } from "./passkey-challenges.js";
import * as store from "./passkey-store.js";
import type { RelyingParty } from "../members/relying-party.js";

export interface PasskeySignIn {
  readonly db: Db;
  readonly party: RelyingParty;
}

export async function beginSignIn({ db, party }: PasskeySignIn) {
  return requestOptions(party, await transact(db, (tx) => newChallenge(tx, null)));
}

export interface Shown {
  readonly assertion: Assertion;
  /** Of the client, as far as proxies are believed. */
  readonly address: string;
}

/** The token of a new session. Throws 401 or 429; what was wrong stands in the audit, not in the answer. */
export async function signInByPasskey(own: PasskeySignIn, { assertion, address }: Shown): Promise<string> {
  const attempt = { account: `passkey ${assertion.id}`, address };
  await refuseTooMany(own.db, attempt);
  const token = await tryToEnter(own, assertion);
  if (token === null) throw refused();
  await forgetRefusals(own.db, attempt);
  return token;
}

async function tryToEnter(own: PasskeySignIn, assertion: Assertion): Promise<string | null> {
  const passkey = await store.findByCredential(own.db, assertion.id);
  const counter = await counterOf(own, assertion, passkey).catch(() => null);
  if (!passkey) return null;
  const token = counter === null ? null : await transact(own.db, (tx) => enter(tx, passkey, counter));
  if (token === null) await transact(own.db, (tx) => recordRefusal(tx, passkey));
  return token;
}

/** Null, or throws, where it proves nothing. The challenge is used up in any case. */
async function counterOf(
  { db, party }: PasskeySignIn,
  assertion: Assertion,
  passkey: store.FoundPasskey | undefined,
): Promise<number | null> {
  const { challenge, crossOrigin } = clientDataOf(assertion);
  const isOurs = await transact(db, (tx) => takeChallenge(tx, challenge, null));
  if (!isOurs || !passkey || crossOrigin === true) return null;
  const isTheirs = assertion.response.userHandle === handleOf(passkey.member_id) && passkey.rp_id === party.id;
  return isTheirs ? verifyAssertion({ party, challenge }, assertion, passkey) : null;
}

/** Null where the counter went back meanwhile, or the workspace closed this door. */
async function enter(tx: Tx, passkey: store.FoundPasskey, counter: number): Promise<string | null> {
  const { id, member_id: memberId, workspace_id: workspaceId } = passkey;
  const open = await workspacesWithPasswords(tx);
  if (!open.some((workspace) => workspace.id === workspaceId)) return null;
  if (!(await store.countUse(tx, id, counter))) return null;
  return letIn(tx, { memberId, workspaceId, method: "passkey" });
}

const recordRefusal = (tx: Tx, { member_id: id, workspace_id: workspaceId }: store.FoundPasskey): Promise<void> =>
  audit(tx, {
    workspaceId,
    actor: { kind: "system", id: null },
    action: "member.sign_in_refused",
    target: { kind: "member", id },
    data: { method: "passkey" },
  });

const refused = (): DomainError =>
  new DomainError({
    status: 401,
    code: "passkey_refused",
    message: "This passkey signs nobody in here. Try again, or sign in another way.",
  });

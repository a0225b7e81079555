import { transact } from "../../workflows/ledger/transact.js";
import { audit } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import { DomainError } from "../errors.js";
import { normaliseEmail } from "../privacy/normalise-email.js";
import { useCode, type AccountDependencies } from "./account-service.js";
import { findAccountByEmail, hasPasskey, type AccountRow } from "./account-store.js";
import { blindEmail } from "./member-details.js";
import { workspacesWithPasswords } from "./member-store.js";
import { isPassword } from "./passwords.js";
import { letIn } from "./sign-in.js";
import { forgetRefusals, refuseTooMany, takeBack } from "./throttle.js";

export interface GivenCredentials {
  readonly email: string;
  readonly password: string;
  readonly code?: string | undefined;
  /** Of the client, as far as proxies are believed. */
  readonly address: string;
}

export interface PasswordSignIn extends AccountDependencies {
  readonly publicUrl: string;
}

/**
 * The token of a new session. Throws 401 (`sign_in_refused`, or `code_needed` or `passkey_needed` where only the second factor is missing) or 429. Whether
 * the address or the password was wrong is not told.
 */
export async function signInByPassword(own: PasswordSignIn, given: GivenCredentials): Promise<string> {
  const attempt = { account: normaliseEmail(given.email), address: given.address };
  await refuseTooMany(own.db, attempt);
  const account = await accountOf(own, given);
  if (!account) throw refused();
  const lacking = await lackingFactor(own, account, given.code);
  if (lacking) {
    await takeBack(own.db, attempt);
    throw lacking;
  }
  const token = await transact(own.db, (tx) => enter(own, tx, { account, code: given.code })).catch(
    (error: unknown): never => {
      throw error instanceof DomainError ? refused() : error;
    },
  );
  await forgetRefusals(own.db, attempt);
  return token;
}

/** Whoever has a second factor shows it: a code, or else a passkey, which needs no password besides. Null: nothing is lacking. */
async function lackingFactor({ db, publicUrl }: PasswordSignIn, account: AccountRow, code: string | undefined) {
  if (account.totp_secret !== null) return code === undefined ? codeNeeded() : null;
  return (await hasPasskey(db, account.id, publicUrl)) ? passkeyNeeded() : null;
}

/** Whose address and password these are. An address may belong to a member of each workspace. */
async function accountOf({ db, vault }: AccountDependencies, given: GivenCredentials): Promise<AccountRow | null> {
  const found = await transact(db, (tx) => accountsOf(tx, vault, given.email));
  for (const account of found) if (await isPassword(given.password, account.password_hash ?? undefined)) return account;
  if (found.length === 0) await isPassword(given.password, undefined);
  const [known] = found;
  if (known) await transact(db, (tx) => recordRefusal(tx, known));
  return null;
}

async function accountsOf(tx: Tx, vault: AccountDependencies["vault"], email: string): Promise<AccountRow[]> {
  const found: AccountRow[] = [];
  for (const { id } of await workspacesWithPasswords(tx)) {
    const account = await findAccountByEmail(tx, id, await blindEmail(tx, vault, { workspaceId: id, email }));
    if (account) found.push(account);
  }
  return found;
}

async function enter(
  own: AccountDependencies,
  tx: Tx,
  { account, code }: { readonly account: AccountRow; readonly code: string | undefined },
): Promise<string> {
  if (code !== undefined && account.totp_secret !== null) await useCode(own, tx, { memberId: account.id, code });
  return letIn(tx, { memberId: account.id, workspaceId: account.workspace_id, method: "password" });
}

const recordRefusal = (tx: Tx, { id, workspace_id: workspaceId }: AccountRow): Promise<void> =>
  audit(tx, {
    workspaceId,
    actor: { kind: "system", id: null },
    action: "member.sign_in_refused",
    target: { kind: "member", id },
  });

const refused = (): DomainError =>
  new DomainError({
    status: 401,
    code: "sign_in_refused",
    message: "The address, the password or the code is wrong.",
  });

const codeNeeded = (): DomainError =>
  new DomainError({ status: 401, code: "code_needed", message: "Enter the code of your authenticator app, too." });

const passkeyNeeded = (): DomainError =>
  new DomainError({
    status: 401,
    code: "passkey_needed",
    message: "You have a passkey, so your password alone does not sign in. Use the passkey.",
  });

import { transact } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { conflict, DomainError, unauthorized, unprocessable } from "../errors.js";
import type { Actor } from "../http/route.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import type { Account } from "./account-api.js";
import * as store from "./account-store.js";
import { openDetails, sealDetails, type Details } from "./member-details.js";
import { mayChangeAddress, refuseOwnAddress } from "./own-address.js";
import { isPassword, newPasswordHash } from "./passwords.js";
import { endSessions, isByLink, sessionActor } from "./sessions.js";
import { dropOpenLinks } from "./sign-in.js";
import { newTotpSecret, stepOfCode, type NewSecret } from "./totp.js";

export interface AccountDependencies {
  readonly db: Db;
  readonly vault: Vault;
  /** Milliseconds since the epoch: what an authenticator app counts by. */
  readonly now: () => number;
}

/** Who asks, by their session: whoever has it may change what belongs to it. */
export interface Self {
  readonly actor: Actor;
  readonly session: string;
}

interface NewPassword {
  readonly current?: string | undefined;
  readonly password: string;
}

/** What a person may see and change of themselves. */
export const createAccountService = (own: AccountDependencies) => ({
  find: (self: Self): Promise<Account> => find(own, own.db, self),

  change: (self: Self, details: Details): Promise<Account> =>
    transact(own.db, async (tx) => {
      const { actor } = self;
      const row = await store.lockMember(tx, actor.id);
      if (!row) throw new Error("a member who is signed in is gone");
      const { email_blind } = row;
      await refuseOwnAddress(tx, own.vault, { actor, email: details.email, email_blind });
      await store.updateMember(tx, row.id, await sealDetails(tx, own.vault, row, details));
      await record(tx, actor, "member.changed");
      return find(own, tx, self);
    }),

  setPassword: (self: Self, given: NewPassword): Promise<Account> => setPassword(own, self, given),

  /** Counts once a code of it was right. */
  beginSecondFactor: ({ actor }: Self): Promise<NewSecret> => beginSecondFactor(own, actor),
  confirmSecondFactor: (self: Self, code: string): Promise<Account> =>
    transact(own.db, async (tx) => {
      const { actor } = self;
      await useCode(own, tx, { memberId: actor.id, code });
      await record(tx, actor, "member.second_factor_on");
      return find(own, tx, self);
    }),
  removeSecondFactor: (self: Self, code: string | undefined): Promise<Account> =>
    transact(own.db, async (tx) => {
      const { actor } = self;
      if (!(await isByLink(tx, self.session))) await useCode(own, tx, { memberId: actor.id, code: code ?? "" });
      await store.removeTotp(tx, actor.id);
      await record(tx, actor, "member.second_factor_off");
      return find(own, tx, self);
    }),
});

export type AccountService = ReturnType<typeof createAccountService>;

async function find({ vault }: AccountDependencies, reader: Reader, { actor, session }: Self): Promise<Account> {
  const row = await store.findAccount(reader, actor.id);
  if (!row) throw new Error("a member who is signed in is gone");
  const { name, email } = await openDetails(reader, vault, row);
  const [hasPassword, hasSecondFactor] = [row.password_hash !== null, row.totp_secret !== null];
  return {
    name: name ?? "—",
    email,
    mayChangeEmail: await mayChangeAddress(reader, actor),
    hasPassword,
    hasSecondFactor,
    byLink: await isByLink(reader, session),
  };
}

async function setPassword(own: AccountDependencies, self: Self, given: NewPassword): Promise<Account> {
  const { db, vault } = own;
  const { actor, session } = self;
  const row = await store.findAccount(db, actor.id);
  if (!row?.email) throw unprocessable("email_needed", "Give your e-mail address first: you sign in with it.");
  await proveSelf(db, self, given.current);
  // Outside of the transaction: it takes its time by design.
  const { name, email } = await openDetails(db, vault, row);
  const hash = await newPasswordHash(given.password, [name, email]);
  return transact(db, async (tx) => {
    await refuseEnded(tx, self);
    await store.storePassword(tx, actor.id, hash);
    await endSessions(tx, { memberId: actor.id, except: session });
    await dropOpenLinks(tx, actor.id);
    await record(tx, actor, "member.password_set");
    return find(own, tx, self);
  });
}

/** A session that is believed for a moment longer, by this process or another, sets nothing that outlives it. */
export async function refuseEnded(tx: Tx, { actor, session }: Self): Promise<void> {
  await store.lockMember(tx, actor.id);
  if (!(await sessionActor(tx, session))) throw unauthorized();
}

/** Throws unless the password is right, where there is one; a link, which is how a lost one is mended, asks for none. */
export async function proveSelf(db: Db, { actor, session }: Self, current: string | undefined): Promise<void> {
  const row = await store.findAccount(db, actor.id);
  const isProved = !row || row.password_hash === null || (await isByLink(db, session));
  if (!isProved && !(await isPassword(current ?? "", row.password_hash ?? undefined))) throw wrongPassword();
}

async function beginSecondFactor({ db, vault }: AccountDependencies, actor: Actor): Promise<NewSecret> {
  return transact(db, async (tx) => {
    const row = await store.lockMember(tx, actor.id);
    if (!row) throw new Error("a member who is signed in is gone");
    const { name, email } = await openDetails(tx, vault, row);
    const made = newTotpSecret(email ?? name ?? "member");
    const [sealed] = await vault.seal(tx, [
      { subjectId: row.subject_id, place: secretPlace(row.id), value: made.secret },
    ]);
    if (!sealed || !(await store.storeTotp(tx, row.id, sealed)))
      throw conflict("second_factor_on", "A second factor is on already. Turn it off first.");
    return made;
  });
}

const secretPlace = (memberId: string): string => `member_totp.secret|${memberId}`;

interface GivenCode {
  readonly memberId: string;
  readonly code: string;
}

/** Throws unless the code is right and was not used before. */
export async function useCode(
  { vault, now }: AccountDependencies,
  tx: Tx,
  { memberId, code }: GivenCode,
): Promise<void> {
  const totp = await store.findTotp(tx, memberId);
  if (!totp) throw conflict("no_second_factor", "There is no second factor to confirm. Begin again.");
  const [secret] = await openTexts(vault, tx, [{ sealed: totp.secret, place: secretPlace(memberId) }]);
  const step = secret ? stepOfCode(secret, code, now()) : null;
  if (step === null || !(await store.useTotpStep(tx, memberId, step)))
    throw unprocessable("code_refused", "This code is wrong, or was used already. Wait for the next one.");
}

const wrongPassword = (): DomainError =>
  new DomainError({ status: 422, code: "wrong_password", message: "That is not your password of now." });

const record = (tx: Tx, actor: Actor, action: AuditAction): Promise<void> =>
  auditBy(tx, actor, { action, target: { kind: "member", id: actor.id } });

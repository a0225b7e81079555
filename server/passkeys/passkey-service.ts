import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { conflict, notFound, unprocessable } from "../errors.js";
import type { Actor } from "../http/route.js";
import { proveSelf, refuseEnded, type Self } from "../members/account-service.js";
import { findAccount, lockMember } from "../members/account-store.js";
import { openDetails } from "../members/member-details.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import { clientDataOf, creationOptions, verifyNew } from "./ceremonies.js";
import { MOST_PASSKEYS, type NewCredential, type Passkey } from "./passkey-api.js";
import { newChallenge, takeChallenge } from "./passkey-challenges.js";
import * as store from "./passkey-store.js";
import type { RelyingParty } from "../members/relying-party.js";

export interface PasskeyDependencies {
  readonly db: Db;
  readonly vault: Vault;
  /** Null: browsers know no passkeys at `PUBLIC_URL`. */
  readonly party: RelyingParty | null;
}

export interface Added {
  readonly name: string;
  readonly credential: NewCredential;
}

/** A person's own passkeys. */
export const createPasskeyService = (own: PasskeyDependencies) => ({
  list: (actor: Actor): Promise<Passkey[]> => list(own, own.db, actor.id),
  begin: (self: Self, current: string | undefined) => begin(own, self, current),
  add: (self: Self, added: Added): Promise<Passkey> => add(own, self, added),

  rename: (actor: Actor, id: string, name: string): Promise<Passkey> =>
    transact(own.db, async (tx) => {
      const sealed = await sealName(own, tx, { memberId: actor.id, id, name });
      if (!(await store.renamePasskey(tx, { id, memberId: actor.id }, sealed))) throw notFound("passkey");
      await record(tx, actor, "member.passkey_renamed");
      return find(own, tx, { memberId: actor.id, id });
    }),

  async remove(self: Self, { id, current }: { id: string; current: string | undefined }): Promise<void> {
    const { actor } = self;
    await proveSelf(own.db, self, current);
    await transact(own.db, async (tx) => {
      await refuseEnded(tx, self);
      if (!(await store.removePasskey(tx, { id, memberId: actor.id }))) throw notFound("passkey");
      await record(tx, actor, "member.passkey_removed");
    });
  },
});

const placeOf = (id: string): string => `passkey.name|${id}`;

async function list({ vault, party }: PasskeyDependencies, reader: Reader, memberId: string): Promise<Passkey[]> {
  const rows = await store.listPasskeys(reader, memberId);
  const names = await openTexts(
    vault,
    reader,
    rows.map(({ id, name }) => ({ sealed: name, place: placeOf(id) })),
  );
  return rows.map(({ id, rp_id, created_at, last_used_at }, index) => ({
    id,
    name: names[index] ?? "—",
    works: rp_id === party?.id,
    createdAt: created_at.toISOString(),
    lastUsedAt: last_used_at?.toISOString() ?? null,
  }));
}

interface Which {
  readonly memberId: string;
  readonly id: string;
}

async function find(own: PasskeyDependencies, reader: Reader, { memberId, id }: Which): Promise<Passkey> {
  const found = (await list(own, reader, memberId)).find((passkey) => passkey.id === id);
  if (!found) throw notFound("passkey");
  return found;
}

async function begin(own: PasskeyDependencies, self: Self, current: string | undefined) {
  const party = partyOf(own);
  await proveSelf(own.db, self, current);
  const { actor } = self;
  const account = await findAccount(own.db, actor.id);
  if (!account) throw new Error("a member who is signed in is gone");
  const { name, email } = await openDetails(own.db, own.vault, account);
  return transact(own.db, async (tx) => {
    const known = await store.listPasskeys(tx, actor.id);
    refuseMore(known.length);
    const member = { id: actor.id, account: email ?? name ?? "Loopwright", name: name ?? "" };
    return creationOptions({ party, challenge: await newChallenge(tx, actor.id), member, known });
  });
}

async function add(own: PasskeyDependencies, self: Self, { name, credential }: Added): Promise<Passkey> {
  const { actor } = self;
  const proved = await provedBy(own, actor, credential).catch(() => null);
  if (!proved) throw unprocessable("passkey_not_proved", "This passkey could not be checked. Begin again.");
  return transact(own.db, async (tx) => {
    const memberId = actor.id;
    await refuseEnded(tx, self);
    refuseMore((await store.listPasskeys(tx, memberId)).length);
    const id = uuidv7();
    const isNew = await store.insertPasskey(tx, {
      ...{ id, member_id: memberId, name: await sealName(own, tx, { memberId, id, name }) },
      ...{
        credential_id: proved.id,
        public_key: Buffer.from(proved.publicKey).toString("base64url"),
        rp_id: partyOf(own).id,
      },
      ...{ counter: proved.counter, transports: [...(credential.response.transports ?? [])] },
    });
    if (!isNew) throw conflict("passkey_known", "This passkey is known already.");
    await record(tx, actor, "member.passkey_added");
    return find(own, tx, { memberId, id });
  });
}

/** The challenge is used up, whatever comes of it. */
async function provedBy(own: PasskeyDependencies, actor: Actor, credential: NewCredential) {
  const { challenge } = clientDataOf(credential);
  const isTheirs = await transact(own.db, (tx) => takeChallenge(tx, challenge, actor.id));
  return isTheirs ? verifyNew({ party: partyOf(own), challenge }, credential) : null;
}

function partyOf({ party }: PasskeyDependencies): RelyingParty {
  if (party) return party;
  throw unprocessable(
    "passkeys_need_host",
    "Passkeys belong to a host name, not to an IP address, and need https anywhere but on localhost. Set PUBLIC_URL so.",
  );
}

function refuseMore(count: number): void {
  if (count >= MOST_PASSKEYS)
    throw conflict("passkeys_full", `You have ${MOST_PASSKEYS} passkeys, which is the most. Remove one first.`);
}

async function sealName({ vault }: PasskeyDependencies, tx: Tx, { memberId, id, name }: Which & { name: string }) {
  const member = await lockMember(tx, memberId);
  const subjectId = member?.subject_id ?? "";
  const [sealed] = await vault.seal(tx, [{ subjectId, place: placeOf(id), value: name }]);
  if (!sealed) throw new Error("a member's key was gone before their passkey was named");
  return sealed;
}

const record = (tx: Tx, actor: Actor, action: AuditAction): Promise<void> =>
  auditBy(tx, actor, { action, target: { kind: "member", id: actor.id } });

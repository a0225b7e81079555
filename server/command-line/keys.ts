import { sql } from "kysely";
import { transact } from "../../workflows/ledger/transact.js";
import { audit } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import { createHeadSigner } from "../audit/head-signer.js";
import { signEndsNow } from "../audit/heads-file.js";
import type { Db } from "../db/database.js";
import { refuseMissingKeys } from "../keys/missing-keys.js";
import { noteKek, tombstoneSeed } from "../keys/installation-keys.js";
import { resealAll, rewrapAll } from "../keys/rewrap.js";
import { rotateWorkspaceKeys } from "../keys/rotate-workspace-keys.js";
import { usesOfKeks } from "../keys/wrapped-store.js";
import { allWorkspaces } from "../members/member-store.js";
import type { Envelope } from "../privacy/envelope.js";
import type { Kek } from "../privacy/kek.js";
import { dropKek, previousFile, replaceKek } from "../privacy/kek-file.js";
import { UsageError } from "./read-words.js";
import type { Rotatable } from "./usage.js";

/** What changes keys; each command may be asked again after a crash and goes on where it was. */
export interface Keys {
  readonly db: Db;
  readonly kek: Kek;
  readonly envelope: Envelope;
  /** Null where the key comes from the environment. */
  readonly kekFile: string | null;
  /** Where signed ends of the audit's chains are written. */
  readonly headsFile: string;
  /** For whoever waits: a line at a time. */
  readonly tell: (line: string) => void;
}

/** Makes a new KEK, unless a rotation is unfinished, and wraps everything by it. */
export const rotateKek = (keys: Keys): Promise<string> =>
  alone(keys.db, async () => {
    const { db, kek, kekFile, tell } = keys;
    await refuseMissingKeys(db, kek);
    // Made from the first KEK, which may go.
    await tombstoneSeed(db, kek);
    if ((await underOthers(keys)) === 0) {
      if (kekFile === null) return nothingToWrap(kek);
      await newKek(keys, kekFile);
    }
    const total = await underOthers(keys);
    const done = await rewrapAll(db, kek, (wrapped) => tell(`${wrapped} of ${total} wrapped anew`));
    const auditKeys = kek
      .ids()
      .slice(1)
      .map((id) => auditKeyOf(kek, id))
      .join(",");
    await tellAudit(keys, "keys.kek_rotated", { kekId: kek.id, cells: done, auditKeys });
    await vouch(keys);
    return rotatedWords(keys, done);
  });

const auditKeyOf = (kek: Kek, id: string): string => createHeadSigner(kek.seed("audit-head", id)).publicKey;

/** The key in use vouches for the entries that name those before it, so that `audit verify` knows them once they are gone. */
const vouch = ({ db, kek, headsFile }: Keys): Promise<void> =>
  signEndsNow({ db, headsFile, signer: createHeadSigner(kek.seed("audit-head")) });

async function newKek(keys: Keys, file: string): Promise<void> {
  const { db, kek } = keys;
  const data = { before: kek.id, auditKey: auditKeyOf(kek, kek.id) };
  await replaceKek(file);
  await noteKek(db, kek);
  await tellAudit(keys, "keys.kek_made", { ...data, kekId: kek.id });
}

const nothingToWrap = ({ id }: Kek): string =>
  `Everything is wrapped by ${id}, the key in LOOPWRIGHT_KEK. To change it: put the new key into LOOPWRIGHT_KEK_PREVIOUS ` +
  "and start every process again; exchange the two and start every process again; then ask this once more.";

const rotatedWords = ({ kek, kekFile }: Keys, done: number): string =>
  [
    `${done} wrapped anew. Everything is wrapped by ${kek.id}.`,
    kekFile === null
      ? "The key before can leave LOOPWRIGHT_KEK_PREVIOUS."
      : `Back ${kekFile} up now. The key before is in ${previousFile(kekFile)}: \`keys drop-kek\` takes it away.`,
    "Keep the key before as long as backups from before today: they open with nothing else.",
  ].join("\n");

/** Takes a previous KEK out of its file, unless something needs it. */
export const dropPreviousKek = (keys: Keys, id: string): Promise<string> =>
  alone(keys.db, async () => {
    const { db, kek, kekFile } = keys;
    if (kekFile === null)
      throw new UsageError("The key comes from the environment: take it out of LOOPWRIGHT_KEK_PREVIOUS.");
    if (id === kek.id) throw new UsageError(`${id} is the key in use. \`keys rotate-kek\` makes another.`);
    if (!kek.ids().includes(id)) throw new UsageError(`There is no key ${id} in ${previousFile(kekFile)}.`);
    const uses = (await usesOfKeks(db)).filter(({ kekId }) => kekId === id);
    if (uses.length > 0) {
      const wraps = uses.map(({ what, cells }) => `${what} (${cells})`).join(", ");
      throw new UsageError(`${id} still wraps ${wraps}. Let \`keys rotate-kek\` finish first.`);
    }
    await tellAudit(keys, "keys.kek_dropped", { kekId: id, auditKey: auditKeyOf(kek, id) });
    await vouch(keys);
    await dropKek(kekFile, id);
    return `${id} is gone. Backups that were made under it open only with a copy of it.`;
  });

const rotations = {
  workspace: ({ db, kek, tell }: Keys) =>
    rotateWorkspaceKeys({ db, kek, progress: (done) => tell(`${done} keys of people wrapped anew`) }),
  connections: ({ db, envelope, tell }: Keys) => resealAll(db, envelope, (done) => tell(`${done} secrets sealed anew`)),
} as const satisfies Readonly<Record<Rotatable, (keys: Keys) => Promise<number>>>;

export const rotateKeys = (keys: Keys, what: Rotatable): Promise<string> =>
  alone(keys.db, async () => {
    await refuseMissingKeys(keys.db, keys.kek);
    const done = await rotations[what](keys);
    await tellAudit(keys, "keys.rotated", { what, cells: done });
    return what === "workspace"
      ? `Every workspace has a new key, which wraps all ${done} keys that the one before wrapped.`
      : `${done} secrets of connections, sources and sign-in providers have new data keys.`;
  });

async function underOthers({ db, kek }: Keys): Promise<number> {
  const { id } = kek;
  const others = (await usesOfKeks(db)).filter(({ kekId }) => kekId !== id);
  return others.reduce((sum, { cells }) => sum + cells, 0);
}

/** The installation's keys are every workspace's concern. */
const tellAudit = ({ db }: Keys, action: AuditAction, data: Readonly<Record<string, string | number>>): Promise<void> =>
  transact(db, async (tx) => {
    for (const { id: workspaceId } of await allWorkspaces(tx))
      await audit(tx, {
        ...{ workspaceId, action, data },
        actor: { kind: "system", id: null },
        target: { kind: "workspace", id: workspaceId },
      });
  });

/** The database forgets the lock when its holder dies. */
const alone = <Result>(db: Db, work: () => Promise<Result>): Promise<Result> =>
  db.connection().execute(async (held) => {
    const { rows } = await sql<{ ours: boolean }>`
      select pg_try_advisory_lock(hashtext('loopwright.keys')) as ours`.execute(held);
    if (rows[0]?.ours !== true) throw new UsageError("Keys are being changed by another command. Let it end first.");
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(hashtext('loopwright.keys'))`.execute(held);
    }
  });

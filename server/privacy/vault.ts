import { createHmac, createSecretKey } from "node:crypto";
import { nextRandomBytes } from "../../workflows/ledger/random-bytes.js";
import { insertRows } from "../../workflows/ledger/rows.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Opened, Sealer } from "../../workflows/ports.js";
import type { Reader, Tx } from "../db/database.js";
import { sealBytes } from "./aes-gcm.js";
import { keyIdOf, openCell, sealCell, type SubjectKey } from "./cell.js";
import { createKeyRing } from "./key-ring.js";
import type { SubjectKind } from "./key-tables.js";
import type { WorkspaceKeys } from "./workspace-keys.js";

export interface NewSubject {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: SubjectKind;
}

export interface Vault extends Sealer {
  /** Makes subjects, each with its key; ids are given by the caller so that a batch can seal at once. */
  createSubjects(tx: Tx, subjects: readonly NewSubject[]): Promise<void>;
  /** HMAC of a normalised value, for identity and deduplication: equal values meet, nothing can be read back. */
  blind(reader: Reader, workspaceId: string, value: string): Promise<Buffer>;
}

export function createVault(workspaceKeys: WorkspaceKeys): Vault {
  const { keysOf, remember } = createKeyRing(workspaceKeys);

  return {
    async createSubjects(tx, subjects) {
      for (const { subject, key } of await storeSubjects(tx, workspaceKeys, subjects)) remember(subject.id, key);
    },

    async seal(reader, cells) {
      const filled = cells.filter(({ value }) => value !== null);
      const keys = await keysOf(
        reader,
        "subject_id",
        filled.map(({ subjectId }) => subjectId),
      );
      return cells.map(({ subjectId, place, value }) => {
        const key = keys.get(subjectId);
        return key && value !== null ? sealCell(key, place, value) : null;
      });
    },

    async open(reader, cells) {
      const wanted = cells.flatMap(({ sealed }) => (sealed ? [keyIdOf(sealed)] : []));
      const keys = await keysOf(reader, "id", wanted);
      return cells.map(({ sealed, place }): Opened => {
        const key = sealed ? keys.get(keyIdOf(sealed)) : undefined;
        return sealed && key ? { erased: false, value: openCell(key.key, place, sealed) } : { erased: true };
      });
    },

    async blind(reader, workspaceId, value) {
      const { key } = await workspaceKeys.current(reader, workspaceId, "blind");
      return createHmac("sha256", key).update(value).digest();
    },
  };
}

async function storeSubjects(tx: Tx, workspaceKeys: WorkspaceKeys, subjects: readonly NewSubject[]) {
  if (subjects.length === 0) return [];
  const at = new Date();
  const made = await Promise.all(
    subjects.map(async (subject) => ({ subject, ...(await newKey(tx, workspaceKeys, subject)) })),
  );
  await insertRows(tx, {
    into: "subject",
    rows: subjects,
    columns: {
      id: ["uuid", ({ id }) => id],
      workspace_id: ["uuid", ({ workspaceId }) => workspaceId],
      kind: ["text", ({ kind }) => kind],
      created_at: ["timestamptz", () => at],
    },
  });
  await insertRows(tx, {
    into: "subject_key",
    rows: made,
    columns: {
      id: ["uuid", ({ key }) => key.id],
      subject_id: ["uuid", ({ subject }) => subject.id],
      workspace_key_id: ["uuid", ({ wrappedBy }) => wrappedBy],
      wrapped: ["bytea", ({ wrapped }) => wrapped],
      created_at: ["timestamptz", () => at],
    },
  });
  return made;
}

async function newKey(tx: Tx, workspaceKeys: WorkspaceKeys, subject: NewSubject) {
  const wrapping = await workspaceKeys.current(tx, subject.workspaceId, "subject");
  const bytes = nextRandomBytes(32);
  const key: SubjectKey = { id: uuidv7(), key: createSecretKey(bytes) };
  const wrapped = sealBytes(wrapping.key, key.id, bytes);
  return { key, wrapped, wrappedBy: wrapping.id };
}

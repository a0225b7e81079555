import type { World } from "../system.js";

export type FieldValue = string | number | boolean | null | undefined;

/** A record as it is stored: its fields by API name. */
export interface Row {
  readonly Id: string;
  readonly SystemModstamp: string;
  readonly [field: string]: FieldValue;
}

export interface Change {
  readonly kind: "created" | "updated" | "deleted";
  readonly sobject: string;
  readonly id: string;
}

export interface Records {
  get(sobject: string, id: string): Row | undefined;
  all(sobject: string): Row[];
  /** Nothing is seen outside until the transaction commits. */
  put(kind: "created" | "updated", sobject: string, row: Row): void;
  remove(sobject: string, id: string): void;
  wasDeleted(id: string): boolean;
}

export interface Transaction extends Records {
  /** Writes everything to what this transaction was begun on. */
  commit(): void;
  begin(): Transaction;
  readonly changes: readonly Change[];
}

const DELETED = "_deleted";

/** The committed records: one collection an object, as the sandbox page shows them. */
export function createDatabase(world: World): Records {
  const table = (sobject: string) => world.collection<Row>("salesforce", sobject);
  const deleted = world.collection<{ Id: string }>("salesforce", DELETED);
  return {
    get: (sobject, id) => table(sobject).get(id),
    all: (sobject) => table(sobject).all(),
    put: (_kind, sobject, row) => table(sobject).put(row.Id, row),
    remove(sobject, id) {
      table(sobject).delete(id);
      deleted.put(id, { Id: id });
    },
    wasDeleted: (id) => deleted.get(id) !== undefined,
  };
}

export function beginTransaction(base: Records, committed?: (changes: readonly Change[]) => void): Transaction {
  const written = new Map<string, { sobject: string; row: Row | null }>();
  const changes: Change[] = [];

  const transaction: Transaction = {
    changes,
    get(sobject, id) {
      const own = written.get(`${sobject}/${id}`);
      return own ? (own.row ?? undefined) : base.get(sobject, id);
    },
    all(sobject) {
      const own = [...written].filter(([, entry]) => entry.sobject === sobject);
      const touched = new Set(own.map(([key]) => key));
      const untouched = base.all(sobject).filter(({ Id }) => !touched.has(`${sobject}/${Id}`));
      return [...untouched, ...own.flatMap(([, { row }]) => (row ? [row] : []))];
    },
    put(kind, sobject, row) {
      written.set(`${sobject}/${row.Id}`, { sobject, row });
      changes.push({ kind, sobject, id: row.Id });
    },
    remove(sobject, id) {
      written.set(`${sobject}/${id}`, { sobject, row: null });
      changes.push({ kind: "deleted", sobject, id });
    },
    wasDeleted: (id) => base.wasDeleted(id) || changes.some((change) => change.kind === "deleted" && change.id === id),
    begin: () => beginTransaction(transaction),
    commit() {
      for (const { kind, sobject, id } of changes) {
        const row = written.get(`${sobject}/${id}`)?.row;
        if (kind === "deleted") base.remove(sobject, id);
        else if (row) base.put(kind, sobject, row);
      }
      committed?.(changes);
    },
  };
  return transaction;
}

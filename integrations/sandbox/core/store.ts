import { join } from "node:path";
import type { Collection } from "../system.js";
import { openJournal, readJournal, type JournalEntry } from "./journal.js";

export interface Store {
  collection<Row extends object>(name: string): Collection<Row>;
  /** Every collection's rows with their ids, by collection name. */
  dump(): Record<string, Record<string, object>>;
  clear(): void;
  close(): void;
}

type Tables = Map<string, Map<string, object>>;

const tableOf = (tables: Tables, name: string): Map<string, object> => {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const table = new Map<string, object>();
  tables.set(name, table);
  return table;
};

const replay = (tables: Tables, entries: readonly JournalEntry[]): void => {
  for (const { collection, id, row } of entries) {
    if (row === undefined) tableOf(tables, collection).delete(id);
    else tableOf(tables, collection).set(id, row);
  }
};

const liveEntries = (tables: Tables): JournalEntry[] =>
  [...tables].flatMap(([collection, rows]) => Array.from(rows, ([id, row]) => ({ collection, id, row })));

/** What was replaced or deleted leaves the disk after so many milliseconds: a person who is erased must not stand in the journal. */
const OUTDATED_FOR_MS = 10_000;

/** Memory first, and with a data folder one journal of JSON lines that is replayed and compacted on start, and again after changes. */
export const openStore = (dataDir: string | undefined): Store => {
  const tables: Tables = new Map();
  const file = dataDir === undefined ? undefined : join(dataDir, "sandbox.jsonl");
  if (file !== undefined) replay(tables, readJournal(file));
  const journal = file === undefined ? undefined : openJournal(file);
  const compact = (): void => journal?.rewrite(liveEntries(tables));
  compact();
  let compacting: NodeJS.Timeout | undefined;
  const outdates = (): void => {
    if (!journal) return;
    compacting ??= setTimeout(() => {
      compacting = undefined;
      compact();
    }, OUTDATED_FOR_MS).unref();
  };

  const collection = <Row extends object>(name: string): Collection<Row> => {
    // What a collection holds is what its one owner put there, in this process or an earlier one.
    const rows = (): Map<string, Row> => tableOf(tables, name) as Map<string, Row>;
    return {
      get: (id) => rows().get(id),
      all: () => [...rows().values()],
      put: (id, row) => {
        journal?.append({ collection: name, id, row });
        if (rows().has(id)) outdates();
        rows().set(id, row);
      },
      delete: (id) => {
        journal?.append({ collection: name, id });
        if (rows().delete(id)) outdates();
      },
    };
  };
  const dump = (): Record<string, Record<string, object>> =>
    Object.fromEntries([...tables].map(([name, rows]) => [name, Object.fromEntries(rows)]));
  const clear = (): void => {
    tables.clear();
    compact();
  };
  const close = (): void => {
    clearTimeout(compacting);
    journal?.close();
  };
  return { collection, dump, clear, close };
};

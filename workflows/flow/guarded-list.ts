import type { Guard } from "./trigger-guard.js";
import { readPath } from "./values.js";

/** Entries that are looked up by what their guard demands, so that an event does not meet those that it cannot match. */
export interface GuardedList<Entry> {
  add(entry: Entry, guard: Guard | null): void;
  /** Every entry that may match, and few that do not. */
  candidates(context: Readonly<Record<string, unknown>>): Entry[];
}

interface Guarded<Entry> {
  readonly field: Guard["field"];
  readonly byValue: Map<unknown, Entry[]>;
}

export function createGuardedList<Entry>(): GuardedList<Entry> {
  const unguarded: Entry[] = [];
  const byField = new Map<string, Guarded<Entry>>();

  function guarded(entry: Entry, { field, values }: Guard): void {
    const own: Guarded<Entry> = byField.get(field.path) ?? { field, byValue: new Map() };
    byField.set(field.path, own);
    for (const value of new Set(values)) {
      const same = own.byValue.get(value) ?? [];
      same.push(entry);
      own.byValue.set(value, same);
    }
  }

  return {
    add(entry, guard) {
      if (guard) guarded(entry, guard);
      else unguarded.push(entry);
    },
    candidates(context) {
      return [...unguarded, ...[...byField.values()].flatMap((guarded) => [...allowed(guarded, context)])];
    },
  };
}

/** A value that should not be there is left to the condition, which says that it cannot be judged. */
function allowed<Entry>(
  { field, byValue }: Guarded<Entry>,
  context: Readonly<Record<string, unknown>>,
): Iterable<Entry> {
  const value = readPath(context, field.path);
  const isMissing = value === null || value === undefined;
  if (isMissing && field.optional) return [];
  return typeof value === field.type ? (byValue.get(value) ?? []) : new Set([...byValue.values()].flat());
}

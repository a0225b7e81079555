import type { Collection, SystemName } from "../system.js";

export interface EffectRow {
  readonly at: number;
  readonly system: SystemName;
  readonly key: string;
  readonly externalId: string;
  readonly url: string;
}

export interface EffectReport {
  readonly keys: number;
  readonly effects: number;
  /** Keys that took effect more than once: the very thing that must not happen. */
  readonly duplicates: readonly { readonly key: string; readonly effects: readonly EffectRow[] }[];
  /** Only when one key was asked for. */
  readonly items?: readonly EffectRow[];
}

export interface EffectRegister {
  record(effect: Omit<EffectRow, "at">): void;
  report(key?: string): EffectReport;
  all(): EffectRow[];
}

/** Repeating an idempotent write on the same record is not a second effect, so a row is named by key and record. */
const rowId = (effect: Omit<EffectRow, "at">): string => `${effect.key}|${effect.system}|${effect.externalId}`;

const byKey = (rows: readonly EffectRow[]): Map<string, EffectRow[]> => {
  const groups = new Map<string, EffectRow[]>();
  for (const row of rows) groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
  return groups;
};

export const createEffectRegister = (rows: Collection<EffectRow>, now: () => number): EffectRegister => ({
  record: (effect) => {
    const id = rowId(effect);
    if (rows.get(id) === undefined) rows.put(id, { at: now(), ...effect });
  },
  report: (key) => {
    const items = rows.all().filter((row) => key === undefined || row.key === key);
    const groups = byKey(items);
    const duplicates = [...groups].filter(([, effects]) => effects.length > 1);
    return {
      keys: groups.size,
      effects: items.length,
      duplicates: duplicates.map(([name, effects]) => ({ key: name, effects })),
      ...(key === undefined ? {} : { items }),
    };
  },
  all: () => rows.all(),
});

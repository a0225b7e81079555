import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import { usesOfKeks, type KekUse } from "../keys/wrapped-store.js";
import type { Kek } from "../privacy/kek.js";

interface WorkspaceKeyUse {
  readonly workspace: string;
  readonly purpose: "subject" | "blind";
  readonly id: string;
  readonly days: number;
  readonly retired: boolean;
  readonly wraps: number;
}

/** Which keys there are, how old they are, and what each wraps: a line a key. */
export async function keyStatus(db: Reader, kek: Kek): Promise<string> {
  const [uses, ages, workspaceKeys] = await Promise.all([usesOfKeks(db), agesOfKeks(db), usesOfWorkspaceKeys(db)]);
  const ids = [...new Set([...kek.ids(), ...uses.map(({ kekId }) => kekId)])];
  return [
    ...ids.map((id) => kekLine(id, { kek, uses, days: ages.get(id) })),
    ...workspaceKeys.map(workspaceKeyLine),
  ].join("\n");
}

async function agesOfKeks(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; days: number }>`
    select id, floor(extract(epoch from lw_now() - first_used_at) / 86400)::int as days from kek`.execute(reader);
  return new Map(rows.map(({ id, days }) => [id, days]));
}

/** Those in use, and those that another has replaced but that still wrap something. */
async function usesOfWorkspaceKeys(reader: Reader): Promise<readonly WorkspaceKeyUse[]> {
  const { rows } = await sql<WorkspaceKeyUse>`
    with used as (select workspace_key_id, count(*)::int as wraps from subject_key group by workspace_key_id)
    select workspace.name as workspace, purpose, workspace_key.id, retired_at is not null as retired,
      floor(extract(epoch from lw_now() - workspace_key.created_at) / 86400)::int as days, coalesce(wraps, 0) as wraps
    from workspace_key join workspace on workspace.id = workspace_id left join used on workspace_key_id = workspace_key.id
    where retired_at is null or wraps > 0 order by workspace.id, purpose desc, workspace_key.id`.execute(reader);
  return rows;
}

interface KekState {
  readonly kek: Kek;
  readonly uses: readonly KekUse[];
  readonly days: number | undefined;
}

function kekLine(id: string, { kek, uses, days }: KekState): string {
  const wraps = uses.filter(({ kekId }) => kekId === id).map(({ what, cells }) => `${what} (${cells})`);
  return `KEK ${id}, ${standing(id, kek)}${days === undefined ? "" : `, ${age(days)}`}: wraps ${wraps.join(", ") || "nothing"}`;
}

function standing(id: string, kek: Kek): string {
  if (id === kek.id) return "in use";
  return kek.ids().includes(id) ? "before" : `MISSING, belongs into ${kek.where}`;
}

function workspaceKeyLine({ workspace, purpose, id, days, retired, wraps }: WorkspaceKeyUse): string {
  const state = retired ? "before" : "in use";
  if (purpose === "blind") return `${workspace}: key ${id} for blind indexes, ${state}, ${age(days)}`;
  return `${workspace}: key ${id}, ${state}, ${age(days)}: wraps ${wraps} keys of people`;
}

const age = (days: number): string => (days === 1 ? "1 day old" : `${days} days old`);

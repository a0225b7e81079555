import { sql } from "kysely";
import { firstIdAt } from "../../workflows/ledger/uuid.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { asking, type Asking } from "../http/asking.js";
import { createShortCache } from "../short-cache.js";
import { auditBy } from "./audit.js";

const HOUR_MS = 3_600_000;
/** Entries that are remembered, so that reading the same again within the hour asks nobody. */
const TOLD = { keptMs: HOUR_MS, most: 20_000 };

/** What a route shows, by the parameter that names it; a list shows the workspace's. */
const things = { runId: "run", contactId: "contact", quarantineId: "quarantine", approvalId: "approval" } as const;

interface Reveal extends Asking {
  readonly target: { readonly kind: string; readonly id: string };
  readonly hour: number;
}

/**
 * Tells the audit that somebody is shown personal data: one entry for each actor, route, thing and hour. Resolves once it is written,
 * or was before; rejects where it cannot be. What runs by itself shows nobody anything.
 */
export function createReveals(db: Db): (reader: Reader) => Promise<void> {
  const told = createShortCache<true>(TOLD);
  const underWay = new Map<string, Promise<void>>();

  async function tellOnce(reveal: Reveal, name: string): Promise<void> {
    await transact(db, (tx) => write(tx, reveal, name));
    told.set(name, true);
  }

  return async (reader) => {
    const asked = asking.getStore();
    if (!asked) return;
    const reveal = revealBy(asked);
    const name = nameOf(reveal);
    if (told.get(name)) return;
    // It may be rolled back, and another connection might not be had while this one waits.
    if (isTransaction(reader)) return write(reader, reveal, name);
    const telling = underWay.get(name) ?? tellOnce(reveal, name).finally(() => underWay.delete(name));
    underWay.set(name, telling);
    return telling;
  };
}

const isTransaction = (reader: Reader): reader is Tx => reader.isTransaction;

function revealBy(asked: Asking): Reveal {
  const hour = Math.floor(Date.now() / HOUR_MS);
  for (const [parameter, kind] of Object.entries(things)) {
    const id = asked.params[parameter];
    if (typeof id === "string") return { ...asked, hour, target: { kind, id } };
  }
  return { ...asked, hour, target: { kind: "workspace", id: asked.actor.workspaceId } };
}

const nameOf = ({ actor, route, target, hour }: Reveal): string => [actor.id, route, target.id, hour].join(" ");

/** Two processes that are asked at once wait for each other. */
async function write(tx: Tx, reveal: Reveal, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reveal ${name}`}, 0))`.execute(tx);
  if (await isTold(tx, reveal)) return;
  const { actor, route, target } = reveal;
  await auditBy(tx, actor, { action: "person.revealed", target, data: { route } });
}

async function isTold(tx: Tx, { actor, route, target, hour }: Reveal): Promise<boolean> {
  const { rows } = await sql`
    select 1 from audit_event where workspace_id = ${actor.workspaceId} and target_id = ${target.id}
      and actor_id = ${actor.id} and action = 'person.revealed' and data ->> 'route' = ${route}
      and id >= ${firstIdAt(hour * HOUR_MS)} limit 1`.execute(tx);
  return rows.length > 0;
}

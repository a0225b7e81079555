import { sql } from "kysely";
import { auditBy } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import { notFound, unprocessable } from "../errors.js";
import type { Actor } from "../http/route.js";
import { writeAnswers } from "./entry-store.js";
import type { Answers, Entry, ThingKind } from "./oversight-api.js";
import { activeMembers } from "./owners.js";
import { readEntries, type RegistryDependencies } from "./registry.js";

interface Target {
  readonly kind: ThingKind;
  readonly id: string;
}

/** In place of what was said before; answers how it stands now. */
export async function saveAnswers(
  own: RegistryDependencies,
  tx: Tx,
  { actor, kind, id, answers }: Target & { readonly actor: Actor; readonly answers: Answers },
): Promise<Entry> {
  const { workspaceId } = actor;
  await holdThing(tx, { workspaceId, kind, id });
  const before = await readEntry(own, tx, { workspaceId, kind, id });
  await refuseStrangers(tx, workspaceId, [
    ...(answers.ownerId === before.ownerId ? [] : [answers.ownerId]),
    ...(answers.credentialOwnerId === before.credentialOwnerId ? [] : [answers.credentialOwnerId]),
  ]);
  await writeAnswers(tx, { workspaceId, kind, id }, { ...answers, by: actor.kind === "member" ? actor.id : null });
  await auditBy(tx, actor, {
    action: "oversight.entry_changed",
    target: { kind, id },
    data: { changed: changedAmong(before, answers).join(" ") },
  });
  return readEntry(own, tx, { workspaceId, kind, id });
}

export async function readEntry(
  own: RegistryDependencies,
  reader: Parameters<typeof readEntries>[1],
  { kind, ...asked }: Target & { readonly workspaceId: string },
): Promise<Entry> {
  const [entry] = await readEntries(own, reader, { ...asked, kind });
  if (!entry) throw notFound(kind);
  return entry;
}

/** Two who save at once come one after the other. */
async function holdThing(tx: Tx, { workspaceId, kind, id }: Target & { workspaceId: string }): Promise<void> {
  const { rows } = await sql`
    select from ${sql.table(kind)} where id = ${id} and workspace_id = ${workspaceId} for no key update`.execute(tx);
  if (rows.length === 0) throw notFound(kind);
}

/** Who is named already may stay named, though they were put out meanwhile: the risk says so. */
async function refuseStrangers(tx: Tx, workspaceId: string, named: readonly (string | null)[]): Promise<void> {
  const ids = named.filter((id) => id !== null);
  if (ids.length === 0) return;
  const active = await activeMembers(tx, workspaceId);
  if (ids.some((id) => !active.includes(id)))
    throw unprocessable("unknown_owner", "Only a member who is let in can be named. Choose another one.");
}

const changedAmong = (before: Entry, after: Answers): string[] =>
  (Object.keys(after) as (keyof Answers)[]).filter((name) => String(before[name]) !== String(after[name]));

import { auditBy } from "../audit/audit.js";
import { accountsNamed } from "../contacts/contact-store.js";
import type { Tx } from "../db/database.js";
import { notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { refuseForeignIds } from "../members/member-reach.js";
import type { Vault } from "../privacy/vault.js";
import type { ImportedAccount } from "./accounts-api.js";
import { describeAccounts, listAccounts } from "./accounts-store.js";
import { planImport } from "./plan-import.js";
import { placeAccounts, type Placing } from "./account-tree.js";

/** Throws 404 and 422. */
export async function placeAccount(tx: Tx, vault: Vault, actor: Actor, placing: Placing) {
  const { workspaceId } = actor;
  const find = async () => (await listAccounts(tx, vault, { workspaceId, ids: [placing.id], limit: 1 }))[0];
  if (!(await find())) throw notFound("account");
  await refuseForeignIds(tx, workspaceId, "account", placing.parentId === null ? null : [placing.parentId]);
  await place(tx, actor, [placing]);
  const placed = await find();
  if (!placed) throw notFound("account");
  return placed;
}

/** All of it or nothing. */
export async function importAccounts(tx: Tx, vault: Vault, actor: Actor, lines: readonly ImportedAccount[]) {
  const { workspaceId } = actor;
  const { names, described, placed: wanted } = planImport(lines);
  const { ids, made } = await accountsNamed(tx, vault, workspaceId, [...names.values()]);
  const known = new Map([...names.keys()].map((key, at) => [key, ids[at] ?? ""]));
  const idOf = (key: string): string => known.get(key) ?? "";
  await describeAccounts(
    tx,
    workspaceId,
    [...described].map(([key, attributes]) => ({ id: idOf(key), attributes })),
  );
  const placings = [...wanted].map(([key, above]) => ({
    id: idOf(key),
    parentId: above === null ? null : idOf(above),
  }));
  const placed = await place(tx, actor, placings);
  const target = { kind: "workspace", id: workspaceId };
  await auditBy(tx, actor, { action: "account.imported", target, data: { lines: lines.length, made, placed } });
  return { made, placed };
}

/** Each is told by itself: it changes what members of teams see. */
async function place(tx: Tx, actor: Actor, placings: readonly Placing[]): Promise<number> {
  const moved = await placeAccounts(tx, actor.workspaceId, placings);
  for (const { id, parentId } of moved)
    await auditBy(tx, actor, { action: "account.placed", target: { kind: "account", id }, data: { below: parentId } });
  return moved.length;
}

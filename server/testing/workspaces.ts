import type { Db } from "../db/database.js";
import { createMembers, firstMembers } from "../members/members.js";
import { insertWorkspace } from "../members/member-store.js";
import type { Vault } from "../privacy/vault.js";
import { transact } from "../../workflows/ledger/transact.js";

export interface TestWorkspaces {
  /** The installation's first workspace, and another that must never see anything of it. */
  readonly here: string;
  readonly elsewhere: string;
  readonly adminId: string;
}

export async function createTestWorkspaces(db: Db, vault: Vault): Promise<TestWorkspaces> {
  const { workspaceId, adminId } = await transact(db, (tx) =>
    createMembers(vault).ensureInstallation(tx, firstMembers),
  );
  const elsewhere = await transact(db, (tx) => insertWorkspace(tx, "Elsewhere"));
  return { here: workspaceId, elsewhere, adminId };
}

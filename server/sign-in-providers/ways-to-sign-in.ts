import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import { workspacesWithPasswords } from "../members/member-store.js";
import { relyingPartyOf } from "../members/relying-party.js";
import { allProviders } from "./all-providers.js";
import type { ProviderKind, SignInWays } from "./provider-api.js";

export async function waysToSignIn(reader: Reader, publicUrl: string): Promise<SignInWays> {
  const [open, providers] = await Promise.all([workspacesWithPasswords(reader), listProviders(reader)]);
  return {
    passwords: open.length > 0,
    passkeys: open.length > 0 && relyingPartyOf(publicUrl) !== null,
    providers,
  };
}

async function listProviders(reader: Reader): Promise<SignInWays["providers"]> {
  const { rows } = await sql<{ workspaceId: string; kind: ProviderKind; label: string }>`
    select workspace_id as "workspaceId", kind, label from ${allProviders} as provider
    order by workspace_id, kind`.execute(reader);
  return rows;
}

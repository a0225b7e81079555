import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reader, Tx } from "../db/database.js";
import type { Envelope } from "../privacy/envelope.js";
import { firstSecrets, sealSourceSecrets } from "../sources/source-secrets.js";
import { insertSource, STARTS } from "../sources/source-store.js";
import type { SourceTables } from "../sources/source-tables.js";

export interface StartSource {
  readonly id: string;
  readonly name: string;
}

/** Where a workspace's starts of flows are kept; made with the first of them. Nobody knows its secret, and no adapter reads it. */
export async function startSource(tx: Tx, envelope: Envelope, workspaceId: string): Promise<StartSource> {
  const known = await find(tx, workspaceId);
  if (known) return known;
  const id = uuidv7();
  await insertSource(tx, {
    ...{ id, workspace_id: workspaceId, slug: SLUG, name: NAME, kind: STARTS, settings: "{}", state: "active" },
    secrets: sealSourceSecrets(envelope, id, firstSecrets()),
    created_at: new Date(),
  });
  // Somebody else's, where they were first.
  const made = await find(tx, workspaceId);
  if (!made) throw new Error("the source of starts was not made");
  return made;
}

/** No slug of a source that somebody makes begins so. */
const SLUG = ":starts";
const NAME = "Starts of flows";

const find = (reader: Reader, workspaceId: string): Promise<StartSource | undefined> =>
  reader
    .withTables<SourceTables>()
    .selectFrom("source")
    .select(["id", "name"])
    .where("workspace_id", "=", workspaceId)
    .where("slug", "=", SLUG)
    .executeTakeFirst();

import { sql } from "kysely";
import { insertRows } from "../../workflows/ledger/rows.js";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";

/** What a response that was erased is known by, blinded: nothing of it can be read back. */
export const erasedResponseName = (sourceId: string, externalId: string): string =>
  `erased-response|${sourceId}|${externalId}`;

interface Delivered {
  readonly workspaceId: string;
  readonly source: { readonly id: string };
  readonly feedback: { readonly responseId: string };
}

/** Those of them that were erased, and are not to be stored again. */
export async function erasedAmong<Event extends Delivered>(
  tx: Tx,
  vault: Vault,
  events: readonly Event[],
): Promise<ReadonlySet<Event>> {
  if (events.length === 0) return new Set();
  const blinds = await Promise.all(
    events.map(({ workspaceId, source, feedback }) =>
      vault.blind(tx, workspaceId, erasedResponseName(source.id, feedback.responseId)),
    ),
  );
  const { rows } = await sql<{ blind: Buffer }>`
    select blind from erased_response where (workspace_id, blind) in (
      select * from unnest(${events.map(({ workspaceId }) => workspaceId)}::uuid[], ${blinds}::bytea[]))`.execute(tx);
  const known = new Set(rows.map(({ blind }) => blind.toString("base64")));
  return new Set(events.filter((_, index) => known.has(blinds[index]?.toString("base64") ?? "")));
}

interface Gone {
  readonly source_id: string;
  readonly external_id: string;
}

/** So that a source that delivers the same response once more does not bring it back. */
export async function noteErased(tx: Tx, vault: Vault, workspaceId: string, responses: readonly Gone[]): Promise<void> {
  const at = new Date();
  const names = await Promise.all(
    responses.map(({ source_id, external_id }) =>
      vault.blind(tx, workspaceId, erasedResponseName(source_id, external_id)),
    ),
  );
  await insertRows(tx, {
    into: "erased_response",
    rows: names,
    columns: {
      workspace_id: ["uuid", () => workspaceId],
      blind: ["bytea", (blind) => blind],
      erased_at: ["timestamptz", () => at],
    },
    conflict: "is passed over",
  });
}

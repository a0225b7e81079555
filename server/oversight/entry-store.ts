import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import type { Answers } from "./oversight-api.js";
import type { ThingName } from "./thing-store.js";

/** In place of what was said before. `by` is null where no member said it. */
export async function writeAnswers(
  tx: Tx,
  { workspaceId, kind, id }: ThingName,
  { by, ...said }: Answers & { readonly by: string | null },
): Promise<void> {
  const values = sql.join([
    ...[workspaceId, kind, id, said.ownerId, said.purpose, said.lawfulBasis],
    ...[sql`${said.dataClasses}::text[]`, sql`${said.dataSubjects}::text[]`, said.region, said.place],
    ...[said.agreement, said.agreementOn, said.agreementReference, said.yearlyCost, said.currency],
    ...[said.credentialOwnerId, said.credentialExpiresOn, said.retention, sql`lw_now()`, by],
  ]);
  await sql`
    insert into oversight_entry (workspace_id, kind, thing_id, ${namedColumns})
    values (${values})
    on conflict (workspace_id, kind, thing_id) do update set (${namedColumns}) = (${sql.join(columns.map((name) => sql.ref(`excluded.${name}`)))})`.execute(
    tx,
  );
}

const columns = [
  ...["owner_id", "purpose", "lawful_basis", "data_classes", "data_subjects", "region", "place", "agreement"],
  ...["agreement_on", "agreement_reference", "yearly_cost", "currency", "credential_owner_id"],
  ...["credential_expires_on", "retention", "changed_at", "changed_by"],
];
const namedColumns = sql.join(columns.map((name) => sql.ref(name)));

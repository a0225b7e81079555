import { sql } from "kysely";
import { demoSettings } from "../../../integrations/generic/index.js";
import { findSource } from "../../../integrations/index.js";
import { firstIdAt, uuidv7 } from "../../../workflows/ledger/uuid.js";
import type { Db } from "../../db/database.js";
import type { Envelope } from "../../privacy/envelope.js";
import { createSourceService } from "../../sources/source-service.js";

/** Sources, connections, flows and events of a workspace, as far as the registry looks at them. */
export const createThings = (db: Db, envelope: Envelope, workspaceId: string) => ({
  async source(name: string): Promise<string> {
    const sources = createSourceService({ db, envelope, findKind: findSource, forget: () => undefined });
    const changer = { kind: "system", id: null, workspaceId } as const;
    return (await sources.create(changer, { name, kind: "generic", settings: demoSettings })).row.id;
  },

  async connection(name: string, { site = "https://acme.atlassian.net", sandbox = false } = {}): Promise<string> {
    const id = uuidv7();
    await sql`insert into connection (id, workspace_id, connector, name, config, secret_inbound, secret_outbound, secrets_set, state,
        account, target, sandbox, created_at)
      values (${id}, ${workspaceId}, 'jira', ${name}, ${JSON.stringify({ site })}, '', '', '{}', 'ok', 'a', 'b', ${sandbox}, lw_now())`.execute(
      db,
    );
    return id;
  },

  async flow(name: string, nodes: readonly object[], { live }: { live: boolean }): Promise<void> {
    const [id, versionId] = [uuidv7(), uuidv7()];
    const document = JSON.stringify({ nodes });
    await sql`insert into flow (id, workspace_id, name, state, draft, draft_saved_at, version_id, created_at)
      values (${id}, ${workspaceId}, ${name}, ${live ? "live" : "draft"}, ${document}, lw_now(), ${live ? versionId : null}, lw_now())`.execute(
      db,
    );
    if (live)
      await sql`insert into flow_version (id, flow_id, workspace_id, number, document, layout, hash, editors, published_at)
        values (${versionId}, ${id}, ${workspaceId}, 1, ${document}, '{}', 'x', '{}', lw_now())`.execute(db);
  },

  async event(sourceId: string, at: Date): Promise<void> {
    const id = firstIdAt(at.getTime()).slice(0, 14) + uuidv7().slice(14);
    await sql`insert into revision (id, workspace_id, response_id, source_id, ordinal, content_hash, received_at, occurred_at, metric,
        domain, attributes, outcome)
      values (${id}, ${workspaceId}, ${uuidv7()}, ${sourceId}, 0, ${Buffer.from(id)}, ${at}, ${at}, 'nps', 'customer', '{}', 'matched')`.execute(
      db,
    );
  },
});

import { sql } from "kysely";
import { readPublishedFlow } from "../../workflows/flow/publish.js";
import { triggerOf } from "../../workflows/flow/trigger-of.js";
import type { Reader } from "../db/database.js";

interface Heard {
  readonly workspaceId: string;
  readonly sourceId: string;
}

/** A call to an address, which needs no connection: nobody knows whose it is. */
const CALLS_AN_ADDRESS = '$.nodes[*] ? (@.type == "action" && @.config.connectionId == null)';

/** A live flow that hears this source names a connection that is not one to the sandbox, or an address, by any of its steps. */
export async function reachesReal(reader: Reader, { workspaceId, sourceId }: Heard): Promise<boolean> {
  const { rows } = await sql<{ document: unknown }>`
    select flow_version.document from flow join flow_version on flow_version.id = flow.version_id
    where flow.workspace_id = ${workspaceId} and flow.state = 'live' and flow.deleted_at is null
      and (flow_version.document @? ${CALLS_AN_ADDRESS}::jsonpath
        or exists (select from connection where connection.workspace_id = flow.workspace_id and not connection.sandbox
          and strpos(flow_version.document::text, connection.id::text) > 0))`.execute(reader);
  return rows.some(({ document }) => hears(document, sourceId));
}

function hears(document: unknown, sourceId: string): boolean {
  const { sources = [], start } = triggerOf(readPublishedFlow(document))?.config ?? {};
  return start === undefined && (sources.length === 0 || sources.includes(sourceId));
}

import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import type { ThingKind } from "./oversight-api.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Which flows name what, and where personal data is shown in the clear. */
export interface FlowUse {
  readonly flowsOf: (kind: ThingKind, id: string) => Named[];
  /** By a connection; what came from a source, by a request that goes out without one. */
  readonly isShownInClear: (kind: ThingKind, id: string) => boolean;
}

interface Node extends Named {
  readonly live: boolean;
  readonly type: string;
  readonly connectionId: string | null;
  readonly sources: readonly string[] | null;
  readonly shows: boolean;
  /** No feedback starts it. */
  readonly starts: boolean;
}

/** Of a workspace's flows as they are published and as they are drawn. */
export async function readFlowUse(reader: Reader, workspaceId: string): Promise<FlowUse> {
  const { rows } = await sql<Node>`
    select flow.id, flow.name, used.live, node->>'type' as type, node->'config'->>'connectionId' as "connectionId",
      node->'config'->'sources' as sources,
      coalesce(node->'config' ? 'start', false) as starts, coalesce(node->'config'->>'showsPersonalData' = 'true', false) as shows
    from flow left join flow_version on flow_version.id = flow.version_id
    cross join lateral (
      select false as live, jsonb_array_elements(flow.draft->'nodes') as node
      union all
      select flow.state = 'live', jsonb_array_elements(flow_version.document->'nodes')
    ) as used
    where flow.workspace_id = ${workspaceId} and flow.deleted_at is null
      and (node->>'type' in ('trigger', 'action') or node->'config'->>'connectionId' is not null)
    order by lower(flow.name), flow.id`.execute(reader);
  return flowUseOf(rows);
}

function flowUseOf(nodes: readonly Node[]): FlowUse {
  const live = nodes.filter((node) => node.live);
  const showing = live.filter(({ shows }) => shows);
  const connections = new Set(showing.map(({ connectionId }) => connectionId));
  const unconnected = new Set(showing.flatMap(({ id, connectionId }) => (connectionId === null ? [id] : [])));
  return {
    flowsOf: (kind, id) =>
      once(nodes.filter((node) => (kind === "source" ? takes(node, id) : node.connectionId === id))),
    isShownInClear: (kind, id) =>
      kind === "connection" ? connections.has(id) : live.some((node) => takes(node, id) && unconnected.has(node.id)),
  };
}

/** A trigger that names no source takes them all. */
const takes = ({ type, sources, starts }: Node, id: string): boolean =>
  type === "trigger" && !starts && (sources === null || sources.length === 0 || sources.includes(id));

const once = (nodes: readonly Named[]): Named[] => [
  ...new Map(nodes.map(({ id, name }) => [id, { id, name }])).values(),
];

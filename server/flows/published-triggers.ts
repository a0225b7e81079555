import { readPublishedFlow } from "../../workflows/flow/publish.js";
import { compileTriggers } from "../../workflows/flow/triggers.js";
import type { Reader } from "../db/database.js";
import type { FlowTables } from "./flow-tables.js";

export type CompiledTriggers = ReturnType<typeof compileTriggers>;

/** Compiled triggers of what is published and live, kept until the workspace's `publish_epoch` moves. */
export interface PublishedTriggers {
  /** Epochs are compared inside the caller's transaction, so an event is matched against what it commits with. */
  of(reader: Reader, workspaceId: string): Promise<CompiledTriggers>;
}

export function createPublishedTriggers(): PublishedTriggers {
  const kept = new Map<string, { epoch: number; triggers: CompiledTriggers }>();
  return {
    async of(reader, workspaceId) {
      const epoch = await epochOf(reader, workspaceId);
      const known = kept.get(workspaceId);
      if (known?.epoch === epoch) return known.triggers;
      const triggers = compileTriggers(await liveFlows(reader, workspaceId));
      kept.set(workspaceId, { epoch, triggers });
      return triggers;
    },
  };
}

async function epochOf(reader: Reader, workspaceId: string): Promise<number> {
  const db = reader.withTables<FlowTables>();
  const row = await db
    .selectFrom("workspace")
    .select("publish_epoch")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return row.publish_epoch;
}

async function liveFlows(reader: Reader, workspaceId: string) {
  const rows = await reader
    .withTables<FlowTables>()
    .selectFrom("flow")
    .innerJoin("flow_version", "flow_version.id", "flow.version_id")
    .select(["flow.id as flowId", "flow_version.id as versionId", "flow_version.document"])
    .where("flow.workspace_id", "=", workspaceId)
    .where("flow.state", "=", "live")
    .where("flow.deleted_at", "is", null)
    .orderBy("flow.id")
    .execute();
  return rows.map(({ flowId, versionId, document }) => ({ flowId, versionId, flow: readPublishedFlow(document) }));
}

import { createHash } from "node:crypto";
import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import type { PublishedFlow } from "../../workflows/flow/schema.js";
import type { Tx } from "../db/database.js";
import type { FlowRow } from "../flows/flow-store.js";
import type { FlowTables } from "../flows/flow-tables.js";
import type { RunTables } from "../runs/run-store.js";

/** Of the key alone, so that it is the same after the loss of everything: below zero, where no version of a flow has its number. */
export const stepNumber = (key: string): number =>
  -1 - (createHash("sha256").update(key).digest().readUInt32BE(0) >>> 1);

/** What was done by this number before, if it was. */
export const earlierStep = (tx: Tx, { flowId, number }: { readonly flowId: string; readonly number: number }) =>
  tx
    .withTables<FlowTables & RunTables>()
    .selectFrom("flow_version")
    .leftJoin("run", "run.id", "flow_version.step_run")
    .select(["flow_version.step_asked as askedHash", "run.id as runId"])
    .where("flow_version.flow_id", "=", flowId)
    .where("flow_version.number", "=", number)
    .executeTakeFirst();

export interface StepVersion {
  readonly id: string;
  readonly flow: FlowRow;
  readonly number: number;
  readonly document: PublishedFlow;
  readonly nodeId: string;
  readonly runId: string;
  readonly askedHash: Buffer;
  readonly by: string | null;
}

const APART = 328;

export async function insertStepVersion(tx: Tx, { flow, document, ...version }: StepVersion): Promise<void> {
  const layout = document.nodes.map(({ id }, index) => [id, { x: Math.min(index, 2) * APART, y: index > 2 ? 184 : 0 }]);
  await tx
    .withTables<FlowTables>()
    .insertInto("flow_version")
    .values({
      ...{ id: version.id, flow_id: flow.id, workspace_id: flow.workspace_id, number: version.number },
      document: JSON.stringify(document),
      layout: JSON.stringify(Object.fromEntries(layout)),
      hash: createHash("sha256").update(canonicalJson(document)).digest("hex"),
      ...{ step: version.nodeId, step_run: version.runId, step_asked: version.askedHash },
      ...{ editors: flow.draft_editors, published_by: version.by, published_at: new Date() },
    })
    .execute();
}

import type { Insertable, Selectable } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import type { FlowTestTables } from "./flow-test-tables.js";

export type FlowTestRow = Selectable<FlowTestTables["flow_test"]>;

export const listTests = (reader: Reader, workspaceId: string, flowId: string): Promise<FlowTestRow[]> =>
  reader
    .withTables<FlowTestTables>()
    .selectFrom("flow_test")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("flow_id", "=", flowId)
    .orderBy("id")
    .execute();

export async function insertTest(tx: Tx, row: Insertable<FlowTestTables["flow_test"]>): Promise<void> {
  await tx.withTables<FlowTestTables>().insertInto("flow_test").values(row).execute();
}

export async function countTests(reader: Reader, workspaceId: string, flowId: string): Promise<number> {
  const { amount } = await reader
    .withTables<FlowTestTables>()
    .selectFrom("flow_test")
    .select(({ fn }) => fn.countAll<string>().as("amount"))
    .where("workspace_id", "=", workspaceId)
    .where("flow_id", "=", flowId)
    .executeTakeFirstOrThrow();
  return Number(amount);
}

/** False where there is none. */
export async function deleteTest(
  tx: Tx,
  { workspaceId, flowId, testId }: { workspaceId: string; flowId: string; testId: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .withTables<FlowTestTables>()
    .deleteFrom("flow_test")
    .where("workspace_id", "=", workspaceId)
    .where("flow_id", "=", flowId)
    .where("id", "=", testId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

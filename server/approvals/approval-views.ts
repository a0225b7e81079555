import { sql } from "kysely";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { personNames } from "../contacts/person-store.js";
import type { Reader } from "../db/database.js";
import { byDay } from "../employees/by-day.js";
import { saidByEmployee } from "../employees/of-employee.js";
import type { FlowTables } from "../flows/flow-tables.js";
import type { IngestTables } from "../ingest/ingest-tables.js";
import { REVISIONS, RUNS, reachWhere, type RowPlace, type Seer } from "../members/reach-where.js";
import type { Vault } from "../privacy/vault.js";
import type { ApprovalView } from "./approval-api.js";
import { approvalPlace } from "./approval-store.js";
import type { ApprovalTables } from "./approval-tables.js";

export interface ApprovalQuery extends Seer {
  readonly state?: ApprovalView["state"] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly mayReadPeople: boolean;
}

/** Approvals, newest first. */
export async function listApprovals(
  reader: Reader,
  vault: Vault,
  query: ApprovalQuery,
): Promise<{ items: ApprovalView[]; next: string | null }> {
  const rows = await rowsOf(reader, query);
  const page = rows.slice(0, query.limit);
  const titles = await openAll(
    reader,
    vault,
    query,
    page.map(({ id, title, of_employee }) => ({
      sealed: shown(of_employee, title),
      place: approvalPlace("title", id),
    })),
  );
  const reasons = await openAll(
    reader,
    vault,
    query,
    page.map(({ id, reason, of_employee }) => ({
      sealed: shown(of_employee, reason),
      place: approvalPlace("reason", id),
    })),
  );
  const names = await personNames(
    reader,
    vault,
    page.flatMap(({ decided_by }) => (decided_by ? [decided_by] : [])),
  );
  const items = page.map((row, index) => ({
    id: row.id,
    ofEmployee: row.of_employee,
    runId: row.run_id,
    flowId: row.flow_id,
    flowName: row.flow_name,
    title: titles[index] ?? null,
    state: row.state,
    askedAt: row.asked_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decided_by ? (names.get(row.decided_by) ?? null) : null,
    reason: reasons[index] ?? null,
    url: row.url,
  }));
  const views = items.map((item) => (item.ofEmployee ? byDay(item) : item));
  return { items: views, next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null };
}

/** What is asked about an employee may hold their words. */
const shown = (ofEmployee: boolean, sealed: Buffer | null): Buffer | null => (ofEmployee ? null : sealed);

/** As of the run that asks; its response is looked up for each row that is left. */
const ASKING: RowPlace = {
  ...RUNS,
  said: { ...REVISIONS.said, account: sql`(select account_id from response where response.id = run.response_id)` },
};

/** That somebody was asked about an employee tells which way the run took: that is for those who may read what people say. */
function rowsOf(reader: Reader, { workspaceId, reach, state, cursor, limit, mayReadPeople }: ApprovalQuery) {
  const seen = reachWhere({ workspaceId, reach }, ASKING);
  return reader
    .withTables<ApprovalTables & LedgerTables & FlowTables & IngestTables>()
    .selectFrom("approval")
    .innerJoin("run", "run.id", "approval.run_id")
    .innerJoin("flow", "flow.id", "run.flow_id")
    .innerJoin("revision", "revision.id", "run.revision_id")
    .leftJoin("effect as card", (join) =>
      join
        .onRef("card.owner_id", "=", "approval.run_id")
        .onRef("card.node_id", "=", "approval.node_id")
        .on("card.slot", "=", "card")
        .on("card.state", "=", "done"),
    )
    .selectAll("approval")
    .select(["run.flow_id", "flow.name as flow_name", "card.url as url", saidByEmployee.as("of_employee")])
    .where("approval.workspace_id", "=", workspaceId)
    .$if(seen !== null, (query) => query.where(seen ?? sql.lit(true)))
    .$if(state !== undefined, (query) => query.where("approval.state", "=", state ?? "pending"))
    .$if(!mayReadPeople, (query) => query.where(sql<boolean>`not ${saidByEmployee}`))
    .$if(cursor !== undefined, (query) => query.where("approval.id", "<", cursor ?? ""))
    .orderBy("approval.id", "desc")
    .limit(limit + 1)
    .execute();
}

async function openAll(
  reader: Reader,
  vault: Vault,
  { mayReadPeople }: ApprovalQuery,
  cells: readonly { sealed: Buffer | null; place: string }[],
): Promise<(string | null)[]> {
  if (!mayReadPeople) return cells.map(() => null);
  const opened = await vault.open(reader, cells);
  return opened.map((cell) => (!cell.erased && typeof cell.value === "string" ? cell.value : null));
}

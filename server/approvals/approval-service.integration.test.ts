import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lockRun, refOf } from "../../workflows/ledger/run-store.js";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { aRun } from "../../workflows/testing/ledger-rows.js";
import { lockWaits } from "../../workflows/testing/lock-waits.js";
import { until } from "../../workflows/testing/until.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { createTestKeys } from "../testing/keys.js";
import { createTestWorkspaces } from "../testing/workspaces.js";
import { createApprovalService, type Decider } from "./approval-service.js";
import { openApproval } from "./approval-store.js";

const { vault } = createTestKeys();
let test: TestDatabase;
let here: string;
beforeAll(async () => {
  test = await createTestDatabase();
  ({ here } = await createTestWorkspaces(test.db, vault));
});
afterAll(() => test.drop());

const by: Decider = { kind: "person", id: uuidv7(), name: "Maya", externalId: "U1", active: true };

async function asked() {
  const run = await aRun(test.db, { workspaceId: here });
  const approvalId = uuidv7();
  const opening = { approvalId, nodeId: "ask", connectionId: uuidv7(), channel: "#cx", approvers: [] };
  const words = { title: "May we?", text: "We want to.", expiresAt: new Date(Date.now() + 600_000) };
  await transact(test.db, (tx) => openApproval(tx, vault, refOf(run), { ...opening, ...words }));
  return { run, approvalId };
}

it("a decision wakes its run and tells open pages once; a late one does neither", async () => {
  const { run, approvalId } = await asked();
  const told: string[][] = [];
  const approvals = createApprovalService({
    db: test.db,
    vault,
    wake: (runId) => told.push(["wake", runId]),
    changed: (workspaceId, id) => told.push(["changed", workspaceId, id]),
  });
  const decide = (choice: "approved" | "rejected") => approvals.decide(here, { approvalId, choice, by, reason: null });
  expect(await decide("approved")).toEqual({ kind: "decided", runId: run.id });
  expect(await decide("rejected")).toMatchObject({ kind: "late", approval: { state: "approved" } });
  expect(told).toEqual([
    ["wake", run.id],
    ["changed", here, approvalId],
  ]);
});

it("a decision that waits for its run holds nobody up at the approval: the run is locked first", async () => {
  const { run, approvalId } = await asked();
  const approvals = createApprovalService({ db: test.db, vault, wake: () => undefined, changed: () => undefined });
  const deciding = await transact(test.db, async (tx) => {
    await lockRun(tx, run.id);
    const deciding = approvals.decide(here, { approvalId, choice: "approved", by, reason: null });
    await until(
      () => lockWaits(test.db),
      (count) => count === 1,
    );
    await sql`select from approval where id = ${approvalId} for update nowait`.execute(tx);
    return { deciding };
  });
  expect(await deciding.deciding).toEqual({ kind: "decided", runId: run.id });
});

import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { audit } from "./audit.js";

let test: TestDatabase;
const [workspaceId, memberId, flowId] = [uuidv7(), uuidv7(), uuidv7()];
beforeAll(async () => {
  test = await createTestDatabase();
  await record();
});
afterAll(() => test.drop());

const record = () =>
  transact(test.db, (tx) =>
    audit(tx, {
      workspaceId,
      actor: { kind: "member", id: memberId },
      action: "flow.published",
      target: { kind: "flow", id: flowId },
      data: { version: 3 },
    }),
  );

describe("the audit", () => {
  it("keeps who did what to what", async () => {
    const { rows } =
      await sql`select actor_kind, actor_id, action, target_kind, target_id, data, seq, hash from audit_event`.execute(
        test.db,
      );
    expect(rows).toEqual([
      {
        ...{
          actor_kind: "member",
          actor_id: memberId,
          action: "flow.published",
          target_kind: "flow",
          target_id: flowId,
        },
        ...{ data: { version: 3 }, seq: null, hash: null },
      },
    ]);
  });

  it.each([
    ["changed", "update audit_event set action = 'nothing'"],
    ["chained with a change", "update audit_event set seq = 1, hash = '', action = 'nothing'"],
    ["deleted", "delete from audit_event"],
    ["emptied", "truncate audit_event"],
  ])("cannot be %s", async (_how, statement) => {
    await expect(sql.raw(statement).execute(test.db)).rejects.toThrow("audit_event is append-only");
  });

  it("can be chained once", async () => {
    await sql`update audit_event set seq = 1, hash = 'h'`.execute(test.db);
    await expect(sql`update audit_event set seq = 2`.execute(test.db)).rejects.toThrow("append-only");
  });

  it("is not kept when what it tells of did not happen", async () => {
    const failing = transact(test.db, async (tx) => {
      await audit(tx, {
        workspaceId,
        actor: { kind: "system", id: null },
        action: "flow.deleted",
        target: { kind: "flow", id: flowId },
      });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    const { rows } = await sql`select 1 from audit_event where action = 'flow.deleted'`.execute(test.db);
    expect(rows).toEqual([]);
  });
});

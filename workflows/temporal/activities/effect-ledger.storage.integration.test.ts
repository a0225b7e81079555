import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../server/testing/database.js";
import type { Db } from "../../ledger/tx.js";
import { createFakePorts } from "../../testing/fake-ports.js";
import { createEffectLedger } from "./effect-ledger.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a connection that does not open fails alone among those that are asked for at once", async () => {
  const ports = createFakePorts();
  const [none] = await ports.openConnections(database.db, [null]);
  Object.assign(ports, {
    openConnections: (_reader: Db, ids: readonly string[]) =>
      ids.includes("bad")
        ? Promise.reject(new Error("its secret does not open"))
        : Promise.resolve(ids.map(() => none)),
  });
  const ledger = createEffectLedger({ db: database.db, ports });
  const opened = await Promise.allSettled(["a", "bad", "b", "c"].map((id) => ledger.connection(id)));
  expect(opened.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
});

import type { Request } from "express";
import { afterAll, beforeAll, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { createTestKeys } from "../testing/keys.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import { createAuthenticator } from "./authenticate.js";
import { createSessionCookie } from "./session-cookie.js";
import { endSessions, startSession } from "./sessions.js";

let test: TestDatabase;
let workspaces: TestWorkspaces;
beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, createTestKeys().vault);
});
afterAll(() => test.drop());

/** A request with a session of its own, and what asks for it. */
async function asking() {
  const { adminId: memberId } = workspaces;
  const token = await transact(test.db, (tx) => startSession(tx, memberId, "link"));
  const request = { headers: { cookie: `lw_session=${token}` }, get: () => undefined } as unknown as Request;
  const { authenticate, forget } = createAuthenticator(test.db, createSessionCookie("http://127.0.0.1:4000"), () => 0);
  const revoke = () => transact(test.db, (tx) => endSessions(tx, { memberId }));
  return { ask: () => authenticate(request), forget, revoke };
}

it("a credential is remembered until it is forgotten", async () => {
  const { ask, forget, revoke } = await asking();
  expect(await ask()).toMatchObject({ id: workspaces.adminId });
  await revoke();
  expect(await ask()).toMatchObject({ id: workspaces.adminId });
  forget();
  expect(await ask()).toBeNull();
});

it("a credential that was read before a revocation is not remembered after it", async () => {
  const { ask, forget, revoke } = await asking();
  const reading = ask();
  forget();
  expect(await reading).toMatchObject({ id: workspaces.adminId });
  await revoke();
  expect(await ask()).toBeNull();
});

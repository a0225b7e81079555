import type { Request } from "express";
import { afterAll, beforeAll, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { setDatabaseClock } from "../testing/database-clock.js";
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
  const { authenticate, look, forget } = createAuthenticator(
    test.db,
    createSessionCookie("http://127.0.0.1:4000"),
    () => 0,
  );
  const revoke = () => transact(test.db, (tx) => endSessions(tx, { memberId }));
  return { ask: () => authenticate(request), look: () => look(request), forget, revoke };
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

it("being asked keeps a session alive; being looked at does not, however often", async () => {
  const minutes = (n: number) => setDatabaseClock(test.db, n * 60_000);
  const [used, open] = [await asking(), await asking()];
  for (const at of [10, 20, 29]) {
    await minutes(at);
    used.forget();
    expect(await used.ask()).toMatchObject({ id: workspaces.adminId });
    expect(await open.look()).toMatchObject({ id: workspaces.adminId });
  }
  await minutes(31);
  used.forget();
  expect(await used.ask()).toMatchObject({ id: workspaces.adminId });
  expect([await open.look(), await open.ask()]).toEqual([null, null]);
  await minutes(0);
});

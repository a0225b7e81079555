import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { refOf } from "../../workflows/ledger/run-store.js";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { createFakeSealer } from "../../workflows/testing/fake-sealer.js";
import { aRun } from "../../workflows/testing/ledger-rows.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { startTestApp, type TestApp } from "../testing/http.js";
import { openApproval } from "./approval-store.js";
import { originFinder, type SlackOrigin } from "./slack-interactions.js";
import { slackRoutes } from "./slack-routes.js";

const [HERE, THERE] = [uuidv7(), uuidv7()];
const origin = (connectionId: string, workspaceId: string, teamId: string | null, signingSecret = "shared") => ({
  connectionId,
  workspaceId,
  teamId,
  signingSecret,
});
const origins = [
  origin("another app's", THERE, "T1", "other"),
  origin("here, first team", HERE, "T1"),
  origin("here, second team", HERE, "T2"),
  origin("there, first team", THERE, "T1"),
];

let test: TestDatabase;
let app: TestApp;
const acted: SlackOrigin[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
  const act = (from: SlackOrigin) => Promise.resolve(void acted.push(from));
  const originFor = originFinder(test.db);
  app = await startTestApp({ routes: slackRoutes({ origins: () => Promise.resolve(origins), originFor, act }) });
});
afterAll(async () => {
  await app.close();
  await test.drop();
});
beforeEach(() => {
  acted.length = 0;
});

async function anApproval(workspaceId: string): Promise<string> {
  const run = await aRun(test.db, { workspaceId });
  const approvalId = uuidv7();
  const opening = { approvalId, nodeId: "ask", connectionId: uuidv7(), channel: "#cx", approvers: [] };
  const words = { title: "May we?", text: "We want to.", expiresAt: new Date(Date.now() + 60_000) };
  await transact(test.db, (tx) => openApproval(tx, createFakeSealer(), refOf(run), { ...opening, ...words }));
  return approvalId;
}

async function click(approvalId: string, teamId: string): Promise<number> {
  const payload = {
    type: "block_actions",
    user: { id: "U1", username: "maya", team_id: teamId },
    container: { channel_id: "C1", message_ts: "1.1" },
    trigger_id: "t",
    actions: [{ action_id: "approval.approve", value: approvalId, action_ts: "2.1" }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const at = Math.floor(Date.now() / 1000);
  const headers = {
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    "x-slack-request-timestamp": String(at),
    "x-slack-signature": `v0=${createHmac("sha256", "shared").update(`v0:${at}:${body}`).digest("hex")}`,
  };
  return (await fetch(`${app.url}/slack/interactivity`, { method: "POST", body, headers })).status;
}

it.each([
  [HERE, "T1", "here, first team"],
  [HERE, "T2", "here, second team"],
  [THERE, "T1", "there, first team"],
  [THERE, "T2", "there, first team"],
])("a click on an approval of %s by a person of team %s is one for: %s", async (workspaceId, teamId, connectionId) => {
  expect(await click(await anApproval(workspaceId), teamId)).toBe(200);
  expect(acted).toMatchObject([{ connectionId, workspaceId }]);
});

it("a click on an approval that nobody knows goes by the person's team", async () => {
  expect(await click(uuidv7(), "T2")).toBe(200);
  expect(acted).toMatchObject([{ connectionId: "here, second team" }]);
});

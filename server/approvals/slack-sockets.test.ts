import { expect, it, onTestFinished } from "vitest";
import { createHttpClient, type HttpClient } from "../../integrations/http.js";
import { SLACK_ACCOUNT } from "../../integrations/sandbox/sandbox-accounts.js";
import { startTestSandbox } from "../../integrations/sandbox/testing/sandbox-under-test.js";
import { approvalCard } from "../../integrations/slack/actions/approval-card.js";
import type { InboundConnection } from "../connections/connection-execution.js";
import { chooseOrigin, type SlackOrigin } from "./slack-interactions.js";
import { createSlackSockets } from "./slack-sockets.js";

const CX = "C0CXTEAM01";
const { appToken, botToken, signingSecret, teamId } = SLACK_ACCOUNT;

const tokenOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === "authorization")?.[1] ?? "";

/** The sandbox's Slack with a card in it, and a client that counts which tokens asked for a socket. */
async function slackWithCard() {
  const sandbox = await startTestSandbox();
  const url = sandbox.baseUrl("slack");
  const apiUrl = `${url}/api/`;
  const guarded = createHttpClient({ allowPrivate: [new URL(url).host] });
  onTestFinished(() => guarded.close());
  const opened: string[] = [];
  const http: HttpClient = {
    send: (request) => {
      if (String(request.url).endsWith("apps.connections.open")) opened.push(tokenOf(request.headers ?? {}));
      return guarded.send(request);
    },
    close: () => Promise.resolve(),
  };
  const connection = { id: "c1", config: { apiUrl }, secret: { botToken, signingSecret, appToken }, http: guarded };
  const words = { title: "Call them?", text: "NPS 3", approveLabel: "Approve", rejectLabel: "Reject" };
  const { output } = await approvalCard.send(
    { ...words, channel: CX, approvalId: "apr_1" },
    {
      connection,
      key: "lw_a",
      signal: AbortSignal.timeout(5_000),
      deadlineMs: 5_000,
      aboutToSend: () => undefined,
    },
  );
  const click = async () =>
    (await sandbox.act("click", { channel: CX, ts: String(output["ts"]), actionId: "approval.approve", user: "maya" }))
      .body as { ok: boolean };
  const connect = (id: string, team: string, token: string = appToken): InboundConnection => ({
    ...{ id, workspaceId: `workspace of ${id}`, state: "ok", facts: { teamId: team } },
    ...{ config: { apiUrl, facts: { teamId: team } }, secret: {}, secrets: { appToken: token }, http },
  });
  return { opened, click, connect };
}

function socketsOf(connections: InboundConnection[]) {
  const acted: SlackOrigin[] = [];
  const problems: unknown[] = [];
  const sockets = createSlackSockets({
    connections: () => Promise.resolve(connections),
    originFor: (origins, about) => Promise.resolve(chooseOrigin(origins, { workspaceId: undefined, ...about })),
    act: (origin) => Promise.resolve(void acted.push(origin)),
    onProblem: (problem) => problems.push(problem),
  });
  onTestFinished(() => sockets.close());
  return { sockets, acted, problems };
}

/** A click reaches nobody until a socket is open. */
const clickUntilHeard = (click: () => Promise<{ ok: boolean }>) => expect.poll(click).toMatchObject({ ok: true });

it("connections that share an app-level token share one socket, and each click goes to the one of its team", async () => {
  const { opened, click, connect } = await slackWithCard();
  const { sockets, acted, problems } = socketsOf([
    connect("another team", "T0OTHER"),
    connect("the team that clicks", teamId),
    connect("a third team", "T0THIRD"),
  ]);
  await sockets.sync();
  await clickUntilHeard(click);
  for (let n = 0; n < 2; n++) expect(await click()).toMatchObject({ ok: true });
  expect(new Set(acted.map(({ connectionId }) => connectionId))).toEqual(new Set(["the team that clicks"]));
  expect(opened).toEqual([`Bearer ${appToken}`]);
  expect(problems).toEqual([]);
});

it("a connection that joins an app is heard over the app's open socket, and one that left is not asked any more", async () => {
  const { opened, click, connect } = await slackWithCard();
  const connections = [connect("first", "T0OTHER")];
  const { sockets, acted } = socketsOf(connections);
  await sockets.sync();
  await clickUntilHeard(click);
  acted.length = 0;
  connections.push(connect("joined", teamId));
  await sockets.sync();
  await click();
  connections.shift();
  await sockets.sync();
  await click();
  expect(acted.map(({ connectionId }) => connectionId)).toEqual(["joined", "joined"]);
  expect(opened).toHaveLength(1);
});

it("another token is another app, with a socket of its own; without a token there is none", async () => {
  const { opened, click, connect } = await slackWithCard();
  const connections = [connect("ours", teamId), connect("no token", teamId, ""), connect("theirs", teamId, "xapp-2")];
  const { sockets, acted, problems } = socketsOf(connections);
  await sockets.sync();
  await clickUntilHeard(click);
  await expect.poll(() => problems).toMatchObject([{ code: "invalid_auth" }]);
  expect(opened.toSorted()).toEqual([`Bearer ${appToken}`, "Bearer xapp-2"].toSorted());
  expect(acted[0]?.connectionId).toBe("ours");
});

it("a socket is closed with the last connection of its app, and opened anew for the next", async () => {
  const { opened, click, connect } = await slackWithCard();
  const connections = [connect("one", teamId), connect("two", teamId)];
  const { sockets } = socketsOf(connections);
  await sockets.sync();
  await clickUntilHeard(click);
  connections.pop();
  await sockets.sync();
  expect(opened).toHaveLength(1);
  connections.pop();
  await sockets.sync();
  connections.push(connect("three", teamId));
  await sockets.sync();
  await expect.poll(() => opened).toHaveLength(2);
});

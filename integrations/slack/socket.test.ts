import { describe, expect, it, onTestFinished } from "vitest";
import { createHttpClient, type HttpRequest, type HttpResponse } from "../http.js";
import { SLACK_ACCOUNT } from "../sandbox/sandbox-accounts.js";
import { startTestSandbox } from "../sandbox/testing/sandbox-under-test.js";
import { approvalCard } from "./actions/approval-card.js";
import type { Interaction } from "./interaction.js";
import { startSocketMode, type SocketModeOptions } from "./socket.js";
import { fakeSlack } from "./testing/fake-slack.js";

const CX = "C0CXTEAM01";
const card = {
  channel: CX,
  approvalId: "apr_1",
  title: "Call them?",
  text: "NPS 3",
  approveLabel: "Approve",
  rejectLabel: "Reject",
};

async function sandboxWithCard() {
  const sandbox = await startTestSandbox();
  const url = sandbox.baseUrl("slack");
  const http = createHttpClient({ allowPrivate: [new URL(url).host] });
  onTestFinished(() => http.close());
  const apiUrl = `${url}/api/`;
  const { botToken, signingSecret, appToken } = SLACK_ACCOUNT;
  const connection = { id: "c1", config: { apiUrl }, secret: { botToken, signingSecret, appToken }, http };
  const call = {
    connection,
    key: "lw_a",
    signal: new AbortController().signal,
    deadlineMs: 2_000,
    aboutToSend: () => undefined,
  };
  const { output } = await approvalCard.send(card, call);
  const click = () =>
    sandbox.act("click", { channel: CX, ts: String(output["ts"]), actionId: "approval.approve", user: "maya" });
  return { sandbox, http, apiUrl, click };
}

type Given = Pick<SocketModeOptions, "http" | "apiUrl"> & Partial<SocketModeOptions>;

function start(options: Given) {
  const problems: Error[] = [];
  const socket = startSocketMode({
    appToken: SLACK_ACCOUNT.appToken,
    onProblem: (problem) => problems.push(problem),
    onInteraction: () => Promise.resolve(undefined),
    ...options,
  });
  onTestFinished(() => socket.close());
  return { ...socket, problems };
}

async function connect(options: Given) {
  const socket = start(options);
  await socket.ready;
  return socket;
}

describe("Socket Mode", () => {
  it("hands a click over and acknowledges it once it is handled", async () => {
    const { sandbox, click, ...slack } = await sandboxWithCard();
    const order: string[] = [];
    const heard: Interaction[] = [];
    await connect({
      ...slack,
      onInteraction: async (interaction) => {
        heard.push(interaction);
        await new Promise((resolve) => setImmediate(resolve));
        order.push("handled");
        return undefined;
      },
    });
    const clicked = await click();
    order.push("acknowledged");
    expect(clicked.body).toMatchObject({ ok: true });
    expect(order).toEqual(["handled", "acknowledged"]);
    expect(heard).toMatchObject([
      { kind: "approvalClick", approvalId: "apr_1", choice: "approve", userId: "U0MAYALIND" },
    ]);
    expect(sandbox.state()["slack"]?.["interactions"]).toMatchObject([
      { transport: "socket", outcome: "acknowledged" },
    ]);
  });

  it("leaves a click unacknowledged when it could not be handled, and says why", async () => {
    const { sandbox, click, ...slack } = await sandboxWithCard();
    const failed = new Error("the database is away");
    const { problems } = await connect({ ...slack, onInteraction: () => Promise.reject(failed) });
    const clicking = click();
    await expect.poll(() => problems).toEqual([failed]);
    await sandbox.advance(3_000);
    expect((await clicking).body).toMatchObject({ ok: false, error: "app did not respond" });
  });

  it("fails to start with a refused token, after one request", async () => {
    const slack = await fakeSlack({ "apps.connections.open": { ok: false, error: "invalid_auth" } });
    const starting = connect({ ...slack, appToken: "xapp-bad" });
    await expect(starting).rejects.toMatchObject({ outcome: "AUTH", code: "invalid_auth" });
    expect(slack.asked).toMatchObject([{ method: "apps.connections.open", token: "Bearer xapp-bad" }]);
  });

  it("asks again when Slack is away for a moment, and tells of it", async () => {
    const { click: _click, ...slack } = await sandboxWithCard();
    slack.sandbox.faults.add({
      system: "slack",
      match: { slackMethod: "apps.connections.open" },
      fault: { kind: "status", code: 503 },
    });
    const { problems } = await connect({ ...slack });
    expect(problems).toMatchObject([{ outcome: "TRANSIENT", code: "http_503" }]);
  });

  it.each([
    "wss://evil.example/link",
    "ws://wss-primary.slack.com/link",
    "wss://slack.com.evil.example/",
    "wss://x.slack.com:8443/",
    "",
  ])("does not connect to %j", async (url) => {
    const slack = await fakeSlack({ "apps.connections.open": { ok: true, url } });
    await expect(connect({ ...slack })).rejects.toMatchObject({
      outcome: "REJECTED",
      code: "strange_address",
    });
  });

  it("can be closed while it waits for Slack to come back", async () => {
    const slack = await fakeSlack({ "apps.connections.open": (_, response) => void response.writeHead(503).end() });
    const { ready, close, problems } = start(slack);
    await expect.poll(() => problems).toMatchObject([{ outcome: "TRANSIENT" }]);
    await close();
    await expect(ready).rejects.toThrow("closing");
    expect(slack.asked).toHaveLength(1);
    expect(problems).toHaveLength(1);
  });

  it("asks for another address when the connection is lost, and reports a token that was revoked meanwhile", async () => {
    const { sandbox, http, apiUrl } = await sandboxWithCard();
    const counting = { asked: 0 };
    const send = (request: HttpRequest): Promise<HttpResponse> => {
      counting.asked += 1;
      if (counting.asked === 1) return http.send(request);
      return Promise.resolve({ status: 200, headers: {}, body: Buffer.from('{"ok":false,"error":"token_revoked"}') });
    };
    const { problems } = await connect({ apiUrl, http: { send, close: () => http.close() } });
    await sandbox.close();
    await expect.poll(() => problems, { timeout: 60_000 }).toMatchObject([{ outcome: "AUTH", code: "token_revoked" }]);
    expect(counting.asked).toBe(2);
  }, 90_000);
});

import { LogLevel, SocketModeClient } from "@slack/socket-mode";
import { WebSocket } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import { startTestSandbox } from "../testing/sandbox-under-test.js";
import { apiUrl, approvalBlocks, connect, CX } from "./testing/clients.js";
import { shapeProblems } from "./testing/shapes.js";
import { readFrame } from "./web-socket.js";

interface Interactive {
  readonly body: { readonly type: string; readonly actions: readonly { readonly action_id: string }[] };
  readonly ack: (response?: object) => Promise<void>;
}

const connectSocket = async (url: string): Promise<SocketModeClient> => {
  const client = new SocketModeClient({
    appToken: SLACK_ACCOUNT.appToken,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: url },
  });
  await client.start();
  onTestFinished(() => client.disconnect());
  return client;
};

test("the real Socket Mode client gets a click and acknowledges it", async () => {
  const sandbox = await startTestSandbox();
  const client = await connectSocket(apiUrl(sandbox));
  const bodies: unknown[] = [];
  client.on("interactive", ({ body, ack }: Interactive) => {
    bodies.push(body);
    void ack();
  });
  const { ts = "" } = await connect(sandbox).web.chat.postMessage({ channel: CX, text: "?", blocks: approvalBlocks });
  const clicked = await sandbox.act("click", { channel: CX, ts, actionId: "approve" });
  expect(clicked.body).toMatchObject({ ok: true });
  expect(bodies).toMatchObject([{ type: "block_actions", actions: [{ action_id: "approve" }] }]);
  expect(shapeProblems("BlockActionPayload", bodies[0])).toEqual([]);
  expect(sandbox.state()["slack"]?.["interactions"]).toMatchObject([{ transport: "socket", outcome: "acknowledged" }]);
});

test("a click that the socket client leaves unacknowledged is shown as unanswered, and may come twice", async () => {
  const sandbox = await startTestSandbox();
  const client = await connectSocket(apiUrl(sandbox));
  let heard = 0;
  client.on("interactive", () => void (heard += 1));
  sandbox.faults.add({ system: "slack", fault: { kind: "dup_delivery" } });
  const { ts = "" } = await connect(sandbox).web.chat.postMessage({ channel: CX, text: "?", blocks: approvalBlocks });
  const clicking = sandbox.act("click", { channel: CX, ts, actionId: "approve" });
  await expect.poll(() => heard).toBe(2);
  await sandbox.advance(3000);
  expect((await clicking).body).toMatchObject({ ok: false, error: "app did not respond" });
});

test("a ticket opens one connection only", async () => {
  const sandbox = await startTestSandbox();
  const { url = "" } = await connect(sandbox, SLACK_ACCOUNT.appToken).web.apps.connections.open();
  const open = () =>
    fetch(url.replace("ws:", "http:"), { headers: { "x-nothing": "1" } }).then((response) => response.status);
  expect(await open()).toBe(501);
  const socket = new WebSocket(url.replace(/ticket=\w+/, "ticket=wrong"));
  await new Promise((resolve) => socket.addEventListener("error", resolve));
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});

test("frames are read however the bytes arrive", () => {
  const payload = Buffer.from("x".repeat(300));
  const head = Buffer.from([0x81, 126, 0, 0]);
  head.writeUInt16BE(payload.length, 2);
  const whole = Buffer.concat([head, payload]);
  expect(readFrame(whole.subarray(0, 3))).toBeUndefined();
  expect(readFrame(whole.subarray(0, 200))).toBeUndefined();
  expect(readFrame(Buffer.concat([whole, Buffer.from("rest")]))?.payload.toString()).toBe(payload.toString());
  expect(() => readFrame(Buffer.from([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0]))).toThrow(RangeError);
});

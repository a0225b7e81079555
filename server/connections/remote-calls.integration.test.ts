import { beforeEach, describe, expect, it } from "vitest";
import { startListener } from "../db/listener.js";
import { ANSWER_CHANNEL, createAsker, QUESTION_CHANNEL } from "../db/questions.js";
import { API_MAY_OPEN } from "../testing/keys.js";
import { aToken, startTestApp, type Client } from "../testing/http.js";
import { silentLog } from "../testing/silent-log.js";
import { createConnectionCalls } from "./connection-calls.js";
import { createRemoteCallResponder } from "./remote-call-responder.js";
import { createRemoteCalls } from "./remote-calls.js";
import { findConnector, useConnections } from "./testing/fixture.js";

const own = useConnections();
let admin: Client;
let isWorkerThere = true;
const heard: string[] = [];

/** An api that opens inbound secrets only, and a worker that opens outbound ones only; between them the database. */
beforeEach(async () => {
  isWorkerThere = true;
  heard.length = 0;
  const { db } = own.test;
  const apiKeys = own.envelopeFor(API_MAY_OPEN);
  const workerKeys = own.envelopeFor(["workspace-key", "secret-outbound"]);
  const asker = createAsker(db);
  const calls = createRemoteCalls({ own: own.calls(false), asker, envelope: apiKeys, findConnector, timeoutMs: 3_000 });
  const worker = createRemoteCallResponder({
    db,
    envelope: workerKeys,
    calls: createConnectionCalls({ envelope: workerKeys, http: own.http, findConnector, mayOpenOutbound: true }),
    log: silentLog,
  });
  const onQuestion = (payload: string) => {
    heard.push(payload);
    if (isWorkerThere) worker(payload);
  };
  const channels = { [QUESTION_CHANNEL]: onQuestion, [ANSWER_CHANNEL]: asker.hear };
  const listener = startListener({ url: own.test.url, log: silentLog, channels, onGap: () => undefined });
  await listener.ready;
  const app = await startTestApp({ routes: own.routes(calls) });
  admin = app.as(aToken(own.workspaces.here));
  return async () => {
    await listener.stop();
    await app.close();
  };
});

describe("an api that may not open outbound secrets", () => {
  it("has a worker fill the pickers", async () => {
    const { id } = await own.create();
    const answer = await admin("GET", `/api/connections/${id}/options/words?q=hel`);
    expect(answer).toMatchObject({ status: 200, json: { items: [{ value: "hello" }] } });
    expect(answer.text).toContain("query=hel");
  });

  it("has a worker check a change that keeps secrets, and none is lost", async () => {
    const { id } = await own.create();
    const config = { url: `${own.parrot.url}/`, room: "attic" };
    const answer = await admin("PUT", `/api/connections/${id}`, { config, secret: { botToken: "new bot" } });
    expect(answer).toMatchObject({ status: 200, json: { config: { room: "attic" }, account: "Polly" } });
    expect((await own.opened(id)).secret).toMatchObject({
      token: "good token",
      botToken: "new bot",
    });
    const inbound = await own.execution().openInbound(own.test.db, id);
    expect(inbound?.secrets).toEqual({ signingSecret: "listen", botToken: "new bot" });
  });

  it("gets the system's refusal in the system's words", async () => {
    const { id } = await own.create();
    own.answer = (response) => response.writeHead(401).end("Not today.");
    const answer = await admin("PUT", `/api/connections/${id}`, { secret: { signingSecret: "new" } });
    own.answer = null;
    expect(answer).toMatchObject({ status: 422, json: { code: "connection_refused", detail: "Parrot: Not today." } });
  });

  it("lets nothing readable pass through the database", async () => {
    const { id } = await own.create();
    await admin("PUT", `/api/connections/${id}`, { secret: { signingSecret: "very secret words" } });
    const passed = heard.map((payload) =>
      Buffer.from((JSON.parse(payload) as { text: string }).text, "base64").toString("latin1"),
    );
    expect(heard).toHaveLength(1);
    expect(heard.join() + passed.join()).not.toMatch(/very secret|good token|parrot|config/);
  });

  it("sends kept secrets to no other host, worker or not", async () => {
    const { id } = await own.create();
    const answer = await admin("PUT", `/api/connections/${id}`, { config: { url: `${own.other.url}/` } });
    expect(answer).toMatchObject({ status: 422, json: { code: "secrets_needed" } });
    expect(heard).toEqual([]);
  });

  it("wants the secrets again while no worker is there, and says so for a picker", async () => {
    const { id } = await own.create();
    isWorkerThere = false;
    const change = await admin("PUT", `/api/connections/${id}`, { secret: { signingSecret: "new" } });
    expect(change).toMatchObject({
      status: 422,
      json: { code: "secrets_needed", fields: { "secret.token": "Enter it again" } },
    });
    const picker = await admin("GET", `/api/connections/${id}/options/words`);
    expect(picker).toMatchObject({ status: 503, json: { code: "no_worker" } });
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startSystems, type Sandbox, type SandboxOptions } from "../sandbox.js";
import { startReceiver } from "../testing/sandbox-under-test.js";
import { createSalesforce } from "./index.js";
import { queryPath, rawSalesforce } from "./testing/raw-salesforce.js";

const start = async (options: Partial<SandboxOptions> = {}): Promise<Sandbox> =>
  startSystems({ systems: [createSalesforce], ...options });
const closing = (sandbox: Sandbox) => onTestFinished(() => sandbox.close());

const ROOT = "/services/data/v62.0/sobjects";
const EFFECT = `${ROOT}/Loopwright_Effect__c`;
const body = {
  allOrNone: true,
  compositeRequest: [
    { method: "POST", url: EFFECT, referenceId: "effect", body: { Key__c: "lw_abc", Object__c: "Task" } },
    { method: "POST", url: `${ROOT}/Task`, referenceId: "record", body: { Subject: "Call" } },
    { method: "PATCH", url: `${EFFECT}/@{effect.id}`, referenceId: "link", body: { Record_Id__c: "@{record.id}" } },
  ],
};

it("proves one effect after an answer was lost and the request repeated", async () => {
  const sandbox = await start();
  closing(sandbox);
  const call = await rawSalesforce(sandbox.baseUrl("salesforce"));
  sandbox.faults.add({ system: "salesforce", match: { sobject: "Task" }, fault: { kind: "rst_after_apply" } });
  await expect(call("POST", "/composite", { body })).rejects.toThrow();
  const repeat = await call("POST", "/composite", { body });
  expect(repeat.body.compositeResponse[0]?.body).toMatchObject([{ errorCode: "DUPLICATE_VALUE" }]);
  expect((await call("GET", queryPath("SELECT COUNT() FROM Task"))).body.totalSize).toBe(1);
  expect(sandbox.effects()).toMatchObject({ keys: 1, effects: 1, duplicates: [] });
});

it("locks as many writes as the rule says, also inside a composite, and leaves no trace", async () => {
  const sandbox = await start();
  closing(sandbox);
  const call = await rawSalesforce(sandbox.baseUrl("salesforce"));
  sandbox.faults.add({ system: "salesforce", fault: { kind: "lock_row", n: 1 } });
  const locked = await call("POST", "/composite", { body });
  expect(locked.body.compositeResponse[0]?.body).toMatchObject([{ errorCode: "UNABLE_TO_LOCK_ROW" }]);
  const free = await call("POST", "/composite", { body });
  expect(free.body.compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201, 204]);
});

it("expires sessions that are older than the rule, and takes new ones", async () => {
  const sandbox = await start();
  closing(sandbox);
  const old = await rawSalesforce(sandbox.baseUrl("salesforce"));
  await sandbox.advance(1_000);
  sandbox.faults.add({ system: "salesforce", fault: { kind: "expire_session" } });
  expect((await old("GET", "/limits")).errors[0]?.errorCode).toBe("INVALID_SESSION_ID");
  const renewed = await rawSalesforce(sandbox.baseUrl("salesforce"));
  expect((await renewed("GET", "/limits")).status).toBe(200);
});

it("can lack what our package adds, by a rule and until it is lifted", async () => {
  const sandbox = await start();
  closing(sandbox);
  const call = await rawSalesforce(sandbox.baseUrl("salesforce"));
  const described = async (object: string) => (await call("GET", `/sobjects/${object}/describe`)).text;
  sandbox.faults.add({ system: "salesforce", fault: { kind: "no_effect_object" } });
  sandbox.faults.add({ system: "salesforce", fault: { kind: "no_external_key" } });
  expect(await described("Loopwright_Effect__c")).toContain("NOT_FOUND");
  expect(await described("Task")).not.toContain("Loopwright_Key__c");
  sandbox.faults.clear();
  expect(await described("Loopwright_Effect__c")).toContain("Key__c");
  expect(await described("Task")).toContain("Loopwright_Key__c");
});

it("keeps records and sessions over a restart, and shows no token on its page", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-salesforce-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const first = await start({ dataDir });
  const before = await rawSalesforce(first.baseUrl("salesforce"));
  await before("POST", "/composite", { body });
  expect(JSON.stringify(first.state())).not.toMatch(/!AQ/);
  await first.close();
  const second = await start({ dataDir });
  closing(second);
  const call = await rawSalesforce(second.baseUrl("salesforce"));
  const { records } = (await call("GET", queryPath("SELECT Key__c, Record_Id__c FROM Loopwright_Effect__c"))).body;
  expect(records).toMatchObject([{ Key__c: "lw_abc", Record_Id__c: expect.stringMatching(/^00T/) as string }]);
});

it("repeats an outbound message until it is acknowledged, under one notification id", async () => {
  const answers = ["", "<Ack>true</Ack>"];
  const receiver = await startReceiver((_, response) => void response.end(answers.shift() ?? ""));
  const sandbox = await start({ settings: { "salesforce.outboundMessageUrl": `${receiver.url}/soap` } });
  closing(sandbox);
  const call = await rawSalesforce(sandbox.baseUrl("salesforce"));
  await call("POST", "/sobjects/Case", { body: { Subject: "Late" } });
  await expect.poll(() => receiver.received).toHaveLength(1);
  const received = async () => {
    await sandbox.advance(30_000);
    return receiver.received;
  };
  await expect.poll(received).toHaveLength(2);
  const ids = receiver.received.map(({ body: soap }) => /<Id>(04l\w+)<\/Id>/.exec(soap)?.[1]);
  expect(ids[0]).toBe(ids[1]);
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createHttpClient, type HttpClient } from "../http.js";
import { createSalesforce } from "../sandbox/salesforce/index.js";
import { SALESFORCE_ACCOUNT } from "../sandbox/sandbox-accounts.js";
import { startSystems, type Sandbox } from "../sandbox/sandbox.js";
import { salesforceConnector } from "./index.js";
import { connectionTo, withFacts } from "./testing/call.js";

/** The connector against the faithful fake: every failure happens on a real socket, before or after the effect. */
let sandbox: Sandbox;
let http: HttpClient;

beforeAll(async () => {
  sandbox = await startSystems({ systems: [createSalesforce] });
  http = createHttpClient({ allowPrivate: [new URL(sandbox.baseUrl("salesforce")).host] });
});
afterAll(async () => {
  await http.close();
  await sandbox.close();
});
beforeEach(() => {
  sandbox.reset();
  sandbox.set("salesforce.effectObject", "on");
  sandbox.set("salesforce.keyField", "on");
});
afterEach(() => sandbox.faults.clear());

type Way = "effect-object" | "external-id" | "none";

const signal = new AbortController().signal;
const { clientId, clientSecret } = SALESFORCE_ACCOUNT;
const connection = (way?: Way) =>
  connectionTo(
    { url: sandbox.baseUrl("salesforce"), http },
    { config: { clientId, ...(way && withFacts(way).config) }, secret: { clientSecret } },
  );

function action(name: string) {
  const found = salesforceConnector.actions.find((candidate) => candidate.name === `salesforce.${name}`);
  if (!found) throw new Error(`Salesforce has no action ${name}`);
  return found;
}

let effects = 0;
const call = (way?: Way, deadlineMs = 3_000) => {
  effects += 1;
  return { connection: connection(way), key: `lw_sandbox${effects}`, signal, deadlineMs, aboutToSend: () => undefined };
};
const lookUp = ({ connection, key }: ReturnType<typeof call>) => ({
  connection,
  key,
  signal,
  deadlineMs: 3_000,
  since: new Date(0),
  lastSentAt: new Date(0),
  now: new Date(),
});

/** A contact of the sandbox with an account. */
const about = { contactEmail: "jane.doe@northwind.example" };
const creates = [
  [
    "createTask",
    () => ({
      ...about,
      subject: "Call back",
      description: "NPS 3",
      phone: "+33 1 02",
      dueInHours: 4,
      priority: "High",
    }),
  ],
  ["createCase", () => ({ ...about, subject: "Late", description: "Twice", priority: "High", origin: "Web" })],
  ["createNote", () => ({ ...about, title: "NPS 3", body: "<late>", attachTo: "account" })],
] as const;

describe("an everyday connection", () => {
  it.each([
    ["on", "on", "effect-object"],
    ["off", "on", "external-id"],
    ["off", "off", "none"],
  ] as const)("is checked with effect object %s and key field %s: %s", async (effectObject, keyField, exactlyOnce) => {
    sandbox.set("salesforce.effectObject", effectObject);
    sandbox.set("salesforce.keyField", keyField);
    const check = await salesforceConnector.check(connection(), signal);
    expect(check.facts).toMatchObject({ exactlyOnce });
    expect(check.account).not.toBe("");
    const fields = await salesforceConnector.options["contactFields"]!(connection(), {
      query: "nps",
      values: {},
      signal,
    });
    expect(fields).toHaveLength(1);
  });

  it.each(creates)("%s is created and found again", async (name, inputOf) => {
    const input = inputOf();
    const create = call();
    const { externalId, url } = await action(name).send(input, create);
    expect(url).toContain(externalId);
    expect(await action(name).find!(input, lookUp(create))).toMatchObject({ kind: "found", sent: { externalId } });
    expect(await action(name).find!(input, { ...lookUp(create), key: "lw_other" })).toEqual({ kind: "absent" });
  });

  it("updateContact writes, and recognises what it wrote", async () => {
    const input = { ...about, fields: { NPS_Score__c: 3, Last_Feedback__c: "late" } };
    const update = call();
    expect(await action("updateContact").find!(input, lookUp(update))).toEqual({ kind: "absent" });
    const { externalId } = await action("updateContact").send(input, update);
    expect(await action("updateContact").find!(input, lookUp(update))).toMatchObject({
      kind: "found",
      sent: { externalId },
    });
  });
});

describe("a lost answer", () => {
  const after = [{ kind: "rst_after_apply" }, { kind: "5xx_after_apply", code: 503 }, { kind: "html_200" }] as const;
  const ways = ["effect-object", "external-id"] as const;
  const cases = creates.flatMap(([name, inputOf]) =>
    // A note can carry no field of ours.
    ways
      .filter((way) => way === "effect-object" || name !== "createNote")
      .flatMap((way) => after.map((fault) => ({ name, inputOf, way, fault }))),
  );
  const writesOf = {
    "effect-object": { method: "POST", path: "*/composite" },
    "external-id": { method: "PATCH" },
  } as const;

  it.each(cases)("$name after $fault.kind by $way leaves one record, looked up or sent again", async (row) => {
    const { find, send } = action(row.name);
    const input = row.inputOf();
    const create = call(row.way);
    sandbox.faults.add({ system: "salesforce", match: writesOf[row.way], fault: row.fault });
    await expect(send(input, create)).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
    const looked = await find!(input, lookUp(create));
    // An HTML page stands in front of Salesforce: nothing was applied.
    expect(looked.kind).toBe(row.fault.kind === "html_200" ? "absent" : "found");
    await send(input, create);
    await send(input, create);
    expect(sandbox.effects(create.key)).toMatchObject({ keys: 1, effects: 1, duplicates: [] });
  });

  it("leaves one record when five attempts run at once", async () => {
    const [name, inputOf] = creates[0];
    const create = call("effect-object");
    const input = inputOf();
    const sent = await Promise.all(Array.from({ length: 5 }, () => action(name).send(input, create)));
    expect(new Set(sent.map(({ externalId }) => externalId)).size).toBe(1);
    expect(sandbox.effects(create.key)).toMatchObject({ effects: 1, duplicates: [] });
  });

  it("stays a doubt where nothing can be looked up", async () => {
    const create = call("none");
    sandbox.faults.add({
      system: "salesforce",
      match: { sobject: "Task", method: "POST" },
      fault: { kind: "rst_after_apply" },
    });
    const [name, inputOf] = creates[0];
    const input = inputOf();
    await expect(action(name).send(input, create)).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
    expect(await action(name).find!(input, lookUp(create))).toMatchObject({ kind: "inconclusive" });
  });
});

describe("a broken answer", () => {
  const [name, inputOf] = creates[0];
  const path = "*/composite";

  it.each([
    [{ kind: "stall_headers" }, "AMBIGUOUS"],
    [{ kind: "stall_body", bytes: 5 }, "AMBIGUOUS"],
    [{ kind: "truncate_body", bytes: 5 }, "AMBIGUOUS"],
    [{ kind: "redirect", code: 302 }, "AMBIGUOUS"],
    [{ kind: "status", code: 503 }, "AMBIGUOUS"],
    [{ kind: "rate_limit" }, "TRANSIENT"],
  ] as const)("%j is %s", async (fault, outcome) => {
    sandbox.faults.add({ system: "salesforce", match: { path }, fault });
    await expect(action(name).send(inputOf(), call("effect-object", 700))).rejects.toMatchObject({ outcome });
  });

  it("survives one expired session, and ends when every token is refused", async () => {
    const first = call("effect-object");
    await action(name).send(inputOf(), first);
    sandbox.faults.add({ system: "salesforce", times: 1, fault: { kind: "expire_session" } });
    await action(name).send(inputOf(), { ...first, key: "lw_second" });
    sandbox.faults.add({ system: "salesforce", fault: { kind: "reject_token_always" } });
    await expect(action(name).send(inputOf(), { ...first, key: "lw_third" })).rejects.toMatchObject({
      outcome: "AUTH",
    });
  });

  it("is TRANSIENT while a row is locked, and creates once afterwards", async () => {
    sandbox.faults.add({ system: "salesforce", times: 1, fault: { kind: "lock_row", n: 1 } });
    const create = call("effect-object");
    await expect(action(name).send(inputOf(), create)).rejects.toMatchObject({
      outcome: "TRANSIENT",
      code: "UNABLE_TO_LOCK_ROW",
    });
    await action(name).send(inputOf(), create);
    expect(sandbox.effects(create.key)).toMatchObject({ effects: 1 });
  });

  it("is AUTH with a wrong secret", async () => {
    const wrong = { ...connection(), secret: { clientSecret: "wrong" } };
    await expect(salesforceConnector.check(wrong, signal)).rejects.toMatchObject({ outcome: "AUTH" });
  });

  it("names the e-mail that nobody has, in the message only", async () => {
    const input = { ...inputOf(), contactEmail: "nobody@nowhere.example" };
    const failure: unknown = await action(name)
      .send(input, call())
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      outcome: "REJECTED",
      code: "contact_not_found",
      message: expect.stringContaining("nobody@") as string,
    });
  });
});

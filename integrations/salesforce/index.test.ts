import { describe, expect, it } from "vitest";
import { salesforceConnector } from "./index.js";
import { openSalesforce } from "./client.js";
import { callTo, connectionTo, withFacts } from "./testing/call.js";
import { json, useFakes, type FakeServer } from "../testing/fake-server.js";
import { apiError, org, ORG, type Routes } from "./testing/org.js";
import { wayFor } from "./way.js";

let server: FakeServer;
const start = useFakes();
const serve = async (routes: Routes) => (server = await start(org(routes)));
const signal = new AbortController().signal;

const key = (name: string, over: object = {}) => ({ name, unique: true, externalId: true, createable: true, ...over });
const effectObject = { fields: [key("Key__c"), { name: "Object__c" }, { name: "Record_Id__c", updateable: true }] };
const plain = { fields: [{ name: "Subject" }] };
const describedAs = (effect: unknown, task: unknown = plain, kase: unknown = plain): Routes => ({
  "GET /sobjects/Loopwright_Effect__c/describe": effect,
  "GET /sobjects/Task/describe": task,
  "GET /sobjects/Case/describe": kase,
});
const missing = json(404, apiError("NOT_FOUND", "The requested resource does not exist"));
const around = {
  [`GET /id/${ORG.org}/${ORG.user}`]: { username: "ops@acme.example", display_name: "Ops" },
  "GET /limits": { DailyApiRequests: { Max: 5_000, Remaining: 4_900 } },
};
const check = () => salesforceConnector.check(connectionTo(server), signal);

describe("checking a connection", () => {
  it("finds the effect object and says what that means", async () => {
    await serve({ ...around, ...describedAs(effectObject) });
    const found = await check();
    expect(found).toMatchObject({ account: "Ops (ops@acme.example)", target: server.host });
    expect(found.facts).toMatchObject({ exactlyOnce: "effect-object", apiVersion: "62.0", instanceUrl: server.url });
    expect(found.notes[0]!.message).toContain("created exactly once");
  });

  it.each([
    ["not unique", key("Key__c", { unique: false })],
    ["no external id", key("Key__c", { externalId: false })],
    ["not writable by this user", key("Key__c", { createable: false })],
  ])("does not trust an effect object whose key is %s", async (_why, field) => {
    await serve({ ...around, ...describedAs({ fields: [field, ...effectObject.fields.slice(1)] }) });
    expect((await check()).facts["exactlyOnce"]).toBe("none");
  });

  it("falls back to the unique external id, object by object", async () => {
    await serve({ ...around, ...describedAs(missing, plain, { fields: [key("Loopwright_Key__c")] }) });
    const { facts, notes } = await check();
    expect(facts).toMatchObject({ exactlyOnce: "external-id", externalIdTask: false, externalIdCase: true });
    expect(notes[0]).toMatchObject({
      level: "warning",
      message: expect.stringContaining("Cases are created exactly once") as string,
    });
  });

  it("warns that creates are parked when there is neither", async () => {
    await serve({ ...around, ...describedAs(missing) });
    const { facts, notes } = await check();
    expect(facts).toMatchObject({ exactlyOnce: "none", externalIdTask: false, externalIdCase: false });
    expect(notes[0]).toMatchObject({
      level: "warning",
      message: expect.stringContaining("Creates are parked when in doubt") as string,
    });
  });

  it("warns when the day's calls run out, and works without the identity scope", async () => {
    await serve({
      ...around,
      ...describedAs(effectObject),
      [`GET /id/${ORG.org}/${ORG.user}`]: json(403, apiError("FORBIDDEN")),
      "GET /limits": { DailyApiRequests: { Max: 5_000, Remaining: 12 } },
    });
    const { account, notes } = await check();
    expect(account).toBe(`user ${ORG.user}`);
    expect(notes[0]).toEqual({ level: "warning", message: "12 of 5000 API calls are left today." });
  });

  it("never puts the token into an address", async () => {
    await serve({ ...around, ...describedAs(effectObject) });
    await check();
    expect(server.received.map(({ url }) => url).join("\n")).not.toContain("token-1");
  });
});

describe("the way a create is kept to once", () => {
  const ask = async (connection: ReturnType<typeof connectionTo>, object = "Task") =>
    wayFor(object, await openSalesforce(callTo(server, { connection })), connection);
  const describes = () => server.received.filter(({ url }) => url.endsWith("/describe")).length;

  it("is read from the facts that came with the connection", async () => {
    await serve({});
    expect(await ask(connectionTo(server, withFacts("effect-object")))).toBe("effect-object");
    expect(await ask(connectionTo(server, withFacts("external-id")))).toBe("external-id");
    expect(await ask(connectionTo(server, withFacts("external-id")), "ContentNote")).toBe("none");
    expect(describes()).toBe(0);
  });

  it("is promised action by action, and never beyond what the check found", () => {
    const promised = (facts: Parameters<typeof withFacts>[0] | null) =>
      ["createTask", "createCase", "createNote"].map((verb) => {
        const action = salesforceConnector.actions.find(({ name }) => name === `salesforce.${verb}`);
        if (typeof action?.exactlyOnce !== "function") throw new Error(`${verb} promises the same everywhere`);
        return action.exactlyOnce(facts ? withFacts(facts).config.facts : {});
      });
    expect(promised("effect-object")).toEqual(["proved", "proved", "proved"]);
    expect(promised("external-id")).toEqual(["proved", "proved", "none"]);
    expect(promised("none")).toEqual(["none", "none", "none"]);
    expect(promised(null)).toEqual(["none", "none", "none"]);
  });

  it("is found out once when no facts came", async () => {
    await serve(describedAs(effectObject));
    const connection = connectionTo(server);
    expect(await ask(connection)).toBe("effect-object");
    expect(await ask(connection, "Case")).toBe("effect-object");
    expect(describes()).toBe(3);
  });
});

describe("the contact's fields", () => {
  it("are those that this user may change, by label or name", async () => {
    const fields = [
      { name: "Title", label: "Job title", type: "string", updateable: true },
      { name: "CreatedDate", label: "Created", type: "datetime", updateable: false },
      { name: "NPS__c", label: "Last NPS", type: "double", updateable: true },
    ];
    await serve({ "GET /sobjects/Contact/describe": { fields } });
    const load = (query: string) =>
      salesforceConnector.options["contactFields"]!(connectionTo(server), { query, values: {}, signal });
    expect(await load("")).toHaveLength(2);
    expect(await load("nps")).toEqual([{ value: "NPS__c", label: "Last NPS", hint: "NPS__c, double" }]);
  });
});

describe("the configuration", () => {
  const config = { loginUrl: "https://acme.my.salesforce.com", grant: "jwt", clientId: "c", username: "u" };

  it("pins an API version, because jsforce's own default is years old", () => {
    expect(salesforceConnector.config.parse(config)).toMatchObject({ apiVersion: "62.0" });
    expect(salesforceConnector.config.safeParse({ ...config, apiVersion: "latest" }).success).toBe(false);
  });

  it("allows only the hosts that somebody entered", () => {
    expect(salesforceConnector.hosts(config)).toEqual(["acme.my.salesforce.com"]);
    const login = {
      ...config,
      loginUrl: "https://login.salesforce.com",
      instanceUrl: "https://acme.my.salesforce.com",
    };
    expect(salesforceConnector.hosts(login)).toEqual(["login.salesforce.com", "acme.my.salesforce.com"]);
  });

  it("refuses plain http to a public host", () => {
    expect(salesforceConnector.config.safeParse({ ...config, loginUrl: "http://acme.my.salesforce.com" }).success).toBe(
      false,
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { createSalesforce } from "./index.js";
import { queryPath, rawSalesforce, type RawSalesforce } from "./testing/raw-salesforce.js";

let served: Served;
let call: RawSalesforce;
let jane: string;

beforeAll(async () => {
  served = await serveInMemory(createSalesforce);
  call = await rawSalesforce(served.url);
  jane = await idOf("SELECT Id FROM Contact WHERE Email = 'jane.doe@northwind.example'");
});
afterAll(() => served.close());

const idOf = async (soql: string) => String((await call("GET", queryPath(soql))).body.records[0]?.["Id"]);
const create = async (sobject: string, body: object) => (await call("POST", `/sobjects/${sobject}`, { body })).body.id;
const failing = async (method: string, path: string, body?: unknown) => {
  const { status, errors } = await call(method, path, { body });
  return { status, ...errors[0] };
};

describe("a record's life", () => {
  it("is created with an 18-character id of its object's prefix, read, changed and deleted", async () => {
    const made = await call("POST", "/sobjects/Task", {
      body: { Subject: "Call Jane", WhoId: jane, ActivityDate: "2026-03-01" },
    });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ id: expect.stringMatching(/^00T\w{15}$/) as string, success: true, errors: [] });
    const { id } = made.body;
    expect((await call("PATCH", `/sobjects/Task/${id}`, { body: { Status: "Completed" } })).status).toBe(204);
    const read = await call("GET", `/sobjects/Task/${id}?fields=Status,IsClosed,WhoId`);
    expect(read.body).toEqual({
      attributes: { type: "Task", url: `/services/data/v62.0/sobjects/Task/${id}` },
      ...{ Status: "Completed", IsClosed: true, WhoId: jane, Id: id },
    });
    expect((await call("DELETE", `/sobjects/Task/${id}`)).status).toBe(204);
    expect(await failing("GET", `/sobjects/Task/${id}`)).toMatchObject({ status: 404, errorCode: "ENTITY_IS_DELETED" });
  });

  it("answers to 15 characters and to 18 in any case", async () => {
    const byShort = await call("GET", `/sobjects/Contact/${jane.slice(0, 15)}`);
    const byLower = await call("GET", `/sobjects/Contact/${jane.toLowerCase()}`);
    expect([byShort.body, byLower.body]).toMatchObject([{ Id: jane }, { Id: jane }]);
  });

  it("gives a case its number, its default status and its contact's account", async () => {
    const id = await create("Case", { Subject: "Late", ContactId: jane });
    const { body } = await call(
      "GET",
      queryPath(`SELECT CaseNumber, Status, Account.Name, Owner.Name FROM Case WHERE Id = '${id}'`),
    );
    expect(body.records[0]).toMatchObject({
      CaseNumber: expect.stringMatching(/^\d{8}$/) as string,
      Status: "New",
      Account: { Name: "Northwind Traders" },
      Owner: { Name: "Loopwright" },
    });
  });

  it("keeps a note as a document too, shared with a record once", async () => {
    const note = await create("ContentNote", {
      Title: "NPS 3",
      Content: Buffer.from("<p>slow</p>").toString("base64"),
    });
    const link = { ContentDocumentId: note, LinkedEntityId: jane, ShareType: "V" };
    expect((await call("POST", "/sobjects/ContentDocumentLink", { body: link })).status).toBe(201);
    expect(await failing("POST", "/sobjects/ContentDocumentLink", link)).toMatchObject({
      errorCode: "DUPLICATE_VALUE",
    });
    const { body } = await call(
      "GET",
      queryPath(`SELECT ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId = '${jane}'`),
    );
    expect(body.records).toMatchObject([{ ContentDocument: { Title: "NPS 3" } }]);
  });

  it("carries the day's usage in every answer, also in refusals", async () => {
    const limits = [await call("GET", "/limits"), await call("GET", "/sobjects/Nope")].map(({ headers }) =>
      headers.get("sforce-limit-info"),
    );
    expect(limits.every((limit) => /^api-usage=\d+\/15000$/.test(limit ?? ""))).toBe(true);
  });
});

describe("what is refused, and how", () => {
  it.each([
    ["Contact", { FirstName: "No" }, "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", ["LastName"]],
    ["Task", { Nope__c: 1 }, "INVALID_FIELD", "No such column 'Nope__c' on sobject of type Task", undefined],
    [
      "Task",
      { CreatedDate: "2026-01-01" },
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      "Unable to create/update fields: CreatedDate.",
      ["CreatedDate"],
    ],
    ["Task", { Subject: "x".repeat(256) }, "STRING_TOO_LONG", "Subject: data value too large:", ["Subject"]],
    [
      "Case",
      { Status: "Parked" },
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      "Status: bad value for restricted picklist field: Parked",
      ["Status"],
    ],
    ["Task", { WhoId: "nonsense" }, "MALFORMED_ID", "Who Id: id value of incorrect type: nonsense", ["WhoId"]],
    ["Task", { WhoId: "001Lw0000000001AAA" }, "MALFORMED_ID", "Who Id: id value of incorrect type", ["WhoId"]],
    ["Task", { WhoId: "003Lw0zzzzzzzzz" }, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []],
    [
      "Task",
      { ActivityDate: "soon" },
      "JSON_PARSER_ERROR",
      "Cannot deserialize instance of date from VALUE_STRING value soon",
      undefined,
    ],
    [
      "Task",
      { Subject: {} },
      "JSON_PARSER_ERROR",
      "Cannot deserialize instance of string from START_OBJECT",
      undefined,
    ],
    ["Task", { IsReminderSet: "yes" }, "JSON_PARSER_ERROR", "Cannot deserialize instance of boolean", undefined],
    [
      "Contact",
      { LastName: "X", Email: "nobody" },
      "INVALID_EMAIL_ADDRESS",
      "Email: invalid email address: nobody",
      ["Email"],
    ],
    [
      "Contact",
      { LastName: "X", Phone: "none" },
      "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      "A phone number contains digits.",
      ["Phone"],
    ],
    [
      "Case",
      { Priority: "High" },
      "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      "A case of high priority needs a subject.",
      ["Subject"],
    ],
  ])("%s %j", async (...row) => {
    const [sobject, body, errorCode, message, fields] = row;
    const error = await failing("POST", `/sobjects/${sobject}`, body);
    expect(error).toMatchObject({ status: 400, errorCode, ...(fields && { fields }) });
    expect(error.message?.startsWith(message)).toBe(true);
  });

  it("names both of two wrong fields", async () => {
    const { errors } = await call("POST", "/sobjects/Case", { body: { Status: "Parked", SuppliedEmail: "x" } });
    expect(errors.map(({ errorCode }) => errorCode).sort()).toEqual([
      "INVALID_EMAIL_ADDRESS",
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    ]);
  });

  it("finds no object, no record and no JSON", async () => {
    expect(await failing("POST", "/sobjects/Nope__c", {})).toMatchObject({ status: 404, errorCode: "NOT_FOUND" });
    expect(await failing("PATCH", "/sobjects/Task/00TLw0zzzzzzzzz", { Subject: "x" })).toMatchObject({
      status: 404,
      errorCode: "NOT_FOUND",
    });
    expect(await failing("GET", "/sobjects/Task/short")).toMatchObject({ status: 400, errorCode: "MALFORMED_ID" });
    expect(await failing("POST", "/sobjects/Task", "{")).toMatchObject({ status: 400, errorCode: "JSON_PARSER_ERROR" });
  });

  it("detects a duplicate contact, in Salesforce's own spelling, and lets it pass when told to", async () => {
    const body = { LastName: "Doe", Email: "JANE.DOE@northwind.example" };
    const { errors } = await call("POST", "/sobjects/Contact", { body });
    expect(errors[0]).toMatchObject({
      errorCode: "DUPLICATES_DETECTED",
      duplicateResut: { allowSave: true, matchResults: [{ matchRecords: [{ record: { Id: jane } }] }] },
    });
    const headers = { "Sforce-Duplicate-Rule-Header": "allowSave=true" };
    const forced = await call("POST", "/sobjects/Contact", { body, headers });
    expect(forced.status).toBe(201);
    await call("DELETE", `/sobjects/Contact/${forced.body.id}`);
  });

  it.each([
    ["API_CURRENTLY_DISABLED", 403], ["API_DISABLED_FOR_ORG", 403], ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", 400], ["ENTITY_IS_LOCKED", 400],
    ["INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", 400], ["INSUFFICIENT_ACCESS_OR_READONLY", 403], ["REQUEST_LIMIT_EXCEEDED", 403],
    ["SERVER_UNAVAILABLE", 503], ["STORAGE_LIMIT_EXCEEDED", 400], ["UNKNOWN_EXCEPTION", 500],
  ])("can be made to answer %s with %d", async (errorCode, status) => {
    served.world.set("salesforce.refuse", errorCode);
    expect(await failing("POST", "/sobjects/Task", { Subject: "x" })).toMatchObject({ status, errorCode });
    served.world.set("salesforce.refuse", "");
  }); // prettier-ignore

  it("locks rows and refuses writes by standing faults, and queries by a setting", async () => {
    served.world.setFault("salesforce", "lock_row", { n: 1 });
    expect(await failing("POST", "/sobjects/Task", {})).toMatchObject({ status: 400, errorCode: "UNABLE_TO_LOCK_ROW" });
    served.world.setFault("salesforce", "lock_row", undefined);
    served.world.setFault("salesforce", "revoke_scope", {});
    expect(await failing("POST", "/sobjects/Task", {})).toMatchObject({
      status: 403,
      errorCode: "INSUFFICIENT_ACCESS_OR_READONLY",
    });
    served.world.setFault("salesforce", "revoke_scope", undefined);
    served.world.set("salesforce.refuse", "QUERY_TIMEOUT");
    expect(await failing("GET", queryPath("SELECT Id FROM Task"))).toMatchObject({
      status: 400,
      errorCode: "QUERY_TIMEOUT",
    });
    served.world.set("salesforce.refuse", "");
  });

  it("answers 501 to what it does not imitate and 404 to a version that is not offered", async () => {
    const unknown = await call("POST", "/composite/batch", { body: {} });
    expect(unknown.status).toBe(501);
    expect(unknown.headers.get("x-fake-unsupported")).toBe("POST%20/services/data/v62.0/composite/batch");
    expect(await failing("GET", "/services/data/v20.0/limits")).toMatchObject({ status: 404, errorCode: "NOT_FOUND" });
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { createSalesforce } from "./index.js";
import { queryPath, rawSalesforce, type RawSalesforce } from "./testing/raw-salesforce.js";

let served: Served;
let call: RawSalesforce;

beforeEach(async () => {
  served = await serveInMemory(createSalesforce);
  call = await rawSalesforce(served.url);
});
afterEach(() => served.close());

const ROOT = "/services/data/v62.0/sobjects";
const EFFECT = `${ROOT}/Loopwright_Effect__c`;
const withEffect = (key: string, task: object = { Subject: "Call" }, allOrNone = true) => ({
  allOrNone,
  compositeRequest: [
    { method: "POST", url: EFFECT, referenceId: "effect", body: { Key__c: key, Object__c: "Task" } },
    { method: "POST", url: `${ROOT}/Task`, referenceId: "record", body: task },
    { method: "PATCH", url: `${EFFECT}/@{effect.id}`, referenceId: "link", body: { Record_Id__c: "@{record.id}" } },
  ],
});
const composite = async (body: object) => {
  const reply = await call("POST", "/composite", { body });
  return { status: reply.status, parts: reply.body.compositeResponse };
};
const count = async (from: string) => (await call("GET", queryPath(`SELECT COUNT() FROM ${from}`))).body.totalSize;
const HALTED = "The transaction was rolled back since another operation in the same transaction failed.";

describe("the effect object in a composite", () => {
  it("creates row, record and link together, and the effect is registered under the record", async () => {
    const { status, parts } = await composite(withEffect("lw_a"));
    expect(status).toBe(200);
    expect(parts.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201, 204]);
    const { id } = parts[1]?.body as { id: string };
    expect(parts[1]?.httpHeaders).toEqual({ Location: `${ROOT}/Task/${id}` });
    expect(parts[2]?.body).toBeNull();
    expect(served.world.effects).toEqual([
      { system: "salesforce", key: "lw_a", externalId: id, url: `${served.url}/${id}` },
    ]);
  });

  it("rolls a repeat back as a whole: 200 outside, DUPLICATE_VALUE and PROCESSING_HALTED inside", async () => {
    await composite(withEffect("lw_a"));
    const tasks = await count("Task");
    const { status, parts } = await composite(withEffect("lw_a"));
    expect(status).toBe(200);
    expect(parts.map(({ httpStatusCode }) => httpStatusCode)).toEqual([400, 400, 400]);
    expect(parts[0]?.body).toEqual([
      {
        errorCode: "DUPLICATE_VALUE",
        message: expect.stringMatching(
          /^duplicate value found: Key__c duplicates value on record with id: a00\w{15}$/,
        ) as string,
        fields: [],
      },
    ]);
    expect([parts[1]?.body, parts[2]?.body]).toEqual([
      [{ errorCode: "PROCESSING_HALTED", message: HALTED }],
      [{ errorCode: "PROCESSING_HALTED", message: HALTED }],
    ]);
    expect(await count("Task")).toBe(tasks);
    expect(served.world.effects).toHaveLength(1);
  });

  it("undoes what came before the failing part", async () => {
    const { parts } = await composite(withEffect("lw_b", { Nope__c: 1 }));
    expect(parts.map(({ body }) => (body as { errorCode: string }[])[0]?.errorCode)).toEqual([
      "PROCESSING_HALTED",
      "INVALID_FIELD",
      "PROCESSING_HALTED",
    ]);
    expect(await count("Loopwright_Effect__c")).toBe(0);
    expect(served.world.effects).toEqual([]);
  });

  it("without allOrNone keeps what succeeded and halts what refers to the failure", async () => {
    const { parts } = await composite(withEffect("lw_c", { Nope__c: 1 }, false));
    expect(parts.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 400, 400]);
    expect(parts[2]?.body).toMatchObject([
      {
        errorCode: "PROCESSING_HALTED",
        message: "Invalid reference specified. No value for record.id found in record",
      },
    ]);
    expect(await count("Loopwright_Effect__c")).toBe(1);
  });

  it("leaves nothing behind that a restart could find, and keeps what was committed", async () => {
    await composite(withEffect("lw_a"));
    await composite(withEffect("lw_b", { Nope__c: 1 }));
    const again = await serveInMemory(createSalesforce, served.world.snapshot());
    const restarted = await rawSalesforce(again.url);
    const { body } = await restarted("GET", queryPath("SELECT Key__c FROM Loopwright_Effect__c"));
    expect(body.records.map((record) => record["Key__c"])).toEqual(["lw_a"]);
    await again.close();
  });

  it.each([
    [{}, "JSON_PARSER_ERROR"],
    [{ compositeRequest: [{ method: "POST", url: EFFECT }] }, "JSON_PARSER_ERROR"],
    [{ compositeRequest: [1, 2].map(() => ({ method: "GET", url: ROOT, referenceId: "same" })) }, "INVALID_INPUT"],
    [
      {
        compositeRequest: Array.from({ length: 26 }, (_none, index) => ({
          method: "GET",
          url: ROOT,
          referenceId: `r${index}`,
        })),
      },
      "LIMIT_EXCEEDED",
    ],
  ])("refuses a malformed composite before doing anything", async (body, errorCode) => {
    const { status, errors } = await call("POST", "/composite", { body });
    expect([status, errors[0]?.errorCode]).toEqual([400, errorCode]);
  });
});

describe("the external id", () => {
  const path = "/sobjects/Case/Loopwright_Key__c/lw_x";

  it("creates once with 201 and updates after with 200; one effect", async () => {
    const first = await call("PATCH", path, { body: { Subject: "Late" } });
    const second = await call("PATCH", path, { body: { Subject: "Very late" } });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect([first.body, second.body]).toMatchObject([{ created: true }, { created: false, id: first.body.id }]);
    expect(served.world.effects.map(({ externalId }) => externalId)).toEqual([first.body.id]);
    expect((await call("GET", `${path}?fields=Subject`)).body).toMatchObject({
      Subject: "Very late",
      Id: first.body.id,
    });
  });

  it("refuses the field in the body and a field that is no external id", async () => {
    const inBody = await call("PATCH", path, { body: { Loopwright_Key__c: "lw_x" } });
    expect(inBody.errors[0]).toMatchObject({
      errorCode: "INVALID_FIELD",
      message: "The Loopwright_Key__c field should not be specified in the sobject data.",
    });
    const noKey = await call("PATCH", "/sobjects/Case/Subject/x", { body: {} });
    expect([noKey.status, noKey.errors[0]?.errorCode]).toEqual([404, "NOT_FOUND"]);
    expect((await call("GET", path)).errors[0]?.errorCode).toBe("NOT_FOUND");
  });

  it("is unique also for plain creates", async () => {
    await call("PATCH", path, { body: {} });
    const { errors } = await call("POST", "/sobjects/Case", { body: { Loopwright_Key__c: "lw_x" } });
    expect(errors[0]).toMatchObject({
      errorCode: "DUPLICATE_VALUE",
      message: expect.stringContaining("Loopwright_Key__c duplicates value") as string,
    });
  });

  it("answers 300 with the records' addresses when the value is not unique", async () => {
    const ids = [];
    for (const LastName of ["One", "Two"])
      ids.push((await call("POST", "/sobjects/Contact", { body: { LastName, External_Ref__c: "E1" } })).body.id);
    const reply = await call("PATCH", "/sobjects/Contact/External_Ref__c/E1", { body: { Title: "x" } });
    expect(reply.status).toBe(300);
    expect(JSON.parse(reply.text)).toEqual(ids.map((id) => `${ROOT}/Contact/${id}`));
  });
});

describe("neither", () => {
  it.each([["setting"], ["fault"]])("the object and the field can be missing, by %s", async (means) => {
    if (means === "setting")
      ["effectObject", "keyField"].forEach((name) => served.world.set(`salesforce.${name}`, "off"));
    else ["no_effect_object", "no_external_key"].forEach((name) => served.world.setFault("salesforce", name, {}));
    expect((await call("GET", "/sobjects/Loopwright_Effect__c/describe")).status).toBe(404);
    const { text } = await call("GET", "/sobjects/Task/describe");
    expect(text).not.toContain("Loopwright_Key__c");
    const { errors } = await call("GET", queryPath("SELECT Id FROM Loopwright_Effect__c"));
    expect(errors[0]?.errorCode).toBe("INVALID_TYPE");
  });
});

describe("the UI API's Idempotency-Key", () => {
  const key = "3f2b8c1e-7a4d-4c9a-9b1e-0d5f6a7b8c9d";
  const post = (body: object, name = key) =>
    call("POST", "/ui-api/records", { body, headers: { "Idempotency-Key": name } });

  it("gives the first answer again, and refuses another request or a key of another kind", async () => {
    const body = { apiName: "Case", fields: { Subject: "Late" } };
    const [first, again] = [await post(body), await post(body)];
    expect(first).toMatchObject({ status: 201, body: { apiName: "Case", fields: { Subject: { value: "Late" } } } });
    expect(again.body.id).toBe(first.body.id);
    expect((await post({ ...body, fields: {} })).status).toBe(400);
    expect((await post(body, "not-a-uuid")).status).toBe(400);
    expect(
      (await post({ apiName: "Task", fields: {} }, "3f2b8c1e-7a4d-4c9a-9b1e-0d5f6a7b8c9e")).errors[0]?.errorCode,
    ).toBe("INVALID_TYPE");
  });
});

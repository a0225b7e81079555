import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Connection } from "jsforce/lib/connection.js";
import { OAuth2 } from "jsforce/lib/oauth2.js";
import { SALESFORCE_ACCOUNT } from "../sandbox-accounts.js";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { makeId } from "./ids.js";
import { createSalesforce } from "./index.js";
import type { Row } from "./records.js";

/** The client that the product uses, unmodified: only address and credentials differ. */
let served: Served;
let conn: Connection;

beforeAll(async () => {
  served = await serveInMemory(createSalesforce);
  const { clientId, clientSecret } = SALESFORCE_ACCOUNT;
  const oauth2 = new OAuth2({ loginUrl: served.url, clientId, clientSecret });
  conn = new Connection({ oauth2, version: "62.0" });
  await conn.authorize({ grant_type: "client_credentials" });
});
afterAll(() => served.close());

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "no error",
    (error: unknown) => error,
  );

describe("jsforce", () => {
  it("signs in and knows who it is", async () => {
    expect(conn.instanceUrl).toBe(served.url);
    const me = await conn.identity();
    expect(me).toMatchObject({ organization_id: SALESFORCE_ACCOUNT.orgId, username: "loopwright@northwind.example" });
    expect(conn.userInfo?.id).toMatch(/^005/);
  });

  it("creates, reads, updates, upserts and deletes", async () => {
    const made = await conn.sobject("Task").create({ Subject: "Call Jane" });
    expect(made).toMatchObject({ success: true, errors: [] });
    const id = made.id ?? "";
    expect(await conn.sobject("Task").update({ Id: id, Status: "Completed" })).toMatchObject({ success: true, id });
    expect(await conn.sobject("Task").retrieve(id)).toMatchObject({
      Id: id,
      Status: "Completed",
      attributes: { type: "Task" },
    });
    const first = await conn
      .sobject("Case")
      .upsert({ Loopwright_Key__c: "lw_j", Subject: "Late" }, "Loopwright_Key__c");
    const second = await conn
      .sobject("Case")
      .upsert({ Loopwright_Key__c: "lw_j", Subject: "Later" }, "Loopwright_Key__c");
    expect([first, second]).toMatchObject([
      { success: true, created: true },
      { success: true, created: false, id: first.id },
    ]);
    expect(await conn.sobject("Task").destroy(id)).toMatchObject({ success: true });
  });

  it("queries with parents and goes on to the next page by itself", async () => {
    const { records } = await conn.query(
      "SELECT Name, Account.Name FROM Contact WHERE Email LIKE '%.example' ORDER BY Name",
    );
    expect(records.map((record): unknown => record["Name"])).toEqual(["Jane Doe", "Léa Martin", "Sam Rivera"]);
    expect(records[0]).toMatchObject({ Account: { Name: "Northwind Traders" } });
    const accounts = served.world.collection<Row>("salesforce", "Account");
    for (let index = 0; index < 201; index += 1) {
      const Id = makeId("001", 900_000 + index);
      accounts.put(Id, { Id, Name: `Bulk ${index}`, SystemModstamp: "2026-01-01T00:00:00.000+0000" });
    }
    const headers = { "Sforce-Query-Options": "batchSize=200" };
    const found = await conn.query("SELECT Id FROM Account WHERE Name LIKE 'Bulk %'", {
      autoFetch: true,
      headers,
      maxFetch: 500,
    });
    expect(found.records).toHaveLength(201);
  });

  it("describes with every key that its own types name", async () => {
    const global = await conn.describeGlobal();
    expect(global.sobjects.map(({ name }) => name)).toContain("Loopwright_Effect__c");
    const described = await conn.sobject("Loopwright_Effect__c").describe();
    const key = described.fields.find(({ name }) => name === "Key__c");
    expect(key).toMatchObject({ unique: true, externalId: true, idLookup: true, nillable: false, createable: true });
    expect(missingKeys("Field", key)).toEqual([]);
    expect(missingKeys("DescribeSObjectResult", described)).toEqual([]);
    expect(missingKeys("DescribeGlobalSObjectResult", described)).toEqual([]);
  });

  it("reads limits and usage", async () => {
    expect(await conn.limits()).toMatchObject({ DailyApiRequests: { Max: 15_000 } });
    expect(conn.limitInfo.apiUsage?.limit).toBe(15_000);
  });

  it("does not throw for a rolled-back composite: the parts tell", async () => {
    const effect = {
      method: "POST",
      url: "/services/data/v62.0/sobjects/Loopwright_Effect__c",
      body: { Key__c: "lw_same" },
    };
    const compositeRequest = ["a", "b"].map((referenceId) => ({ ...effect, referenceId }));
    const reply = await conn.requestPost("/composite", { allOrNone: true, compositeRequest });
    expect(reply).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] },
        { httpStatusCode: 400, body: [{ errorCode: "DUPLICATE_VALUE" }] },
      ],
    });
  });

  it("names each refusal by its errorCode", async () => {
    const task = conn.sobject("Task");
    const errors = await Promise.all([
      errorOf(task.create({ Nope__c: "x" })),
      errorOf(conn.query("SELECT Nope FROM Task").then()),
      errorOf(conn.sobject("Contact").create({ FirstName: "No" })),
      errorOf(conn.sobject("Contact").create({ LastName: "Doe", Email: "jane.doe@northwind.example" })),
      errorOf(conn.sobject("Case").create({ Status: "Parked", SuppliedEmail: "x" })),
      errorOf(task.retrieve("00TLw0zzzzzzzzz")),
    ]);
    const codes = [
      "INVALID_FIELD",
      "INVALID_FIELD",
      "REQUIRED_FIELD_MISSING",
      "DUPLICATES_DETECTED",
      "MULTIPLE_API_ERRORS",
      "NOT_FOUND",
    ];
    expect(errors).toMatchObject(codes.map((errorCode) => ({ errorCode })));
  });

  it("calls several records behind one external id MULTIPLE_CHOICES", async () => {
    for (const LastName of ["One", "Two"]) await conn.sobject("Contact").create({ LastName, External_Ref__c: "E9" });
    const error = await errorOf(
      conn.sobject("Contact").upsert({ External_Ref__c: "E9", Title: "x" }, "External_Ref__c"),
    );
    expect(error).toMatchObject({ errorCode: "MULTIPLE_CHOICES", data: [expect.any(String), expect.any(String)] });
  });
});

/** The property names that jsforce's describe types declare, read from its own declaration file. */
function missingKeys(type: string, value: unknown): string[] {
  const file = createRequire(import.meta.url).resolve("jsforce/lib/types/common.d.ts");
  const source = readFileSync(file, "utf8");
  const body = new RegExp(`type ${type} = (?:\\w+ & )?\\{([\\s\\S]*?)\\n\\};`).exec(source)?.[1] ?? "";
  const names = [...body.matchAll(/^ {4}(\w+)\??:/gm)].map((match) => match[1] ?? "");
  expect(names.length).toBeGreaterThan(10);
  return names.filter((name) => !(typeof value === "object" && value !== null && name in value));
}

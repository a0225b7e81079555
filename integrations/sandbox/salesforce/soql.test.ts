import { afterAll, beforeAll, expect, it } from "vitest";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { makeId } from "./ids.js";
import { createSalesforce } from "./index.js";
import type { Row } from "./records.js";
import { queryPath, rawSalesforce, type RawSalesforce } from "./testing/raw-salesforce.js";

let served: Served;
let call: RawSalesforce;

beforeAll(async () => {
  served = await serveInMemory(createSalesforce);
  call = await rawSalesforce(served.url);
});
afterAll(() => served.close());

const names = async (where: string) => {
  const { body } = await call("GET", queryPath(`SELECT Name FROM Account ${where}`));
  return body.records.map((record) => record["Name"]);
};

it.each([
  ["WHERE Name = 'globex'", ["Globex"]],
  ["WHERE Name LIKE '%N%T%' ORDER BY Name DESC", ["Northwind Traders", "Initech"]],
  ["WHERE Name LIKE 'Gl_bex'", ["Globex"]],
  ["WHERE Name IN ('Initech', 'Globex') ORDER BY AnnualRevenue", ["Initech", "Globex"]],
  ["WHERE Name NOT IN ('Initech', 'Globex')", ["Northwind Traders"]],
  ["WHERE AnnualRevenue >= 1150000 AND AnnualRevenue <= 4200000 ORDER BY Name ASC", ["Globex", "Northwind Traders"]],
  ["WHERE (Name = 'Globex' OR Name = 'Initech') AND NOT BillingCity = 'Lyon'", ["Globex"]],
  ["WHERE Rating != 'Hot' ORDER BY Name LIMIT 1", ["Globex"]],
  ["ORDER BY Name LIMIT 1 OFFSET 1", ["Initech"]],
  ["WHERE Description = null ORDER BY Name", ["Globex", "Initech", "Northwind Traders"]],
  [
    "WHERE Owner.Name = 'Loopwright' AND CreatedDate > 2020-01-01T00:00:00Z AND IsDeleted = false LIMIT 1",
    ["Northwind Traders"],
  ],
  ["WHERE Name = 'it\\'s'", []],
])("answers %s", async (where, expected) => {
  expect(await names(where)).toEqual(expected);
});

it("nests parents, shows empty ones as null, and counts", async () => {
  await call("POST", "/sobjects/Contact", { body: { LastName: "Loner" } });
  const soql =
    "SELECT Id, Name, Account.Name, Account.AnnualRevenue, Account.Owner.Email FROM Contact WHERE LastName IN ('Doe', 'Loner') ORDER BY LastName";
  const { body } = await call("GET", queryPath(soql));
  expect(body).toMatchObject({ totalSize: 2, done: true });
  expect(body.records[0]).toMatchObject({
    attributes: { type: "Contact" },
    Name: "Jane Doe",
    Account: {
      attributes: { type: "Account" },
      Name: "Northwind Traders",
      AnnualRevenue: 4_200_000,
      Owner: { Email: "loopwright@northwind.example" },
    },
  });
  expect(body.records[1]?.["Account"]).toBeNull();
  expect((await call("GET", queryPath("select count() from Contact"))).body).toEqual({
    totalSize: 4,
    done: true,
    records: [],
  });
});

it("goes through many records in pages", async () => {
  const tasks = served.world.collection<Row>("salesforce", "Task");
  for (let index = 0; index < 205; index += 1) {
    const Id = makeId("00T", 900_000 + index);
    tasks.put(Id, { Id, Subject: `T${index}`, SystemModstamp: "2026-01-01T00:00:00.000+0000" });
  }
  const first = await call("GET", queryPath("SELECT Id FROM Task"), {
    headers: { "Sforce-Query-Options": "batchSize=200" },
  });
  expect(first.body).toMatchObject({ totalSize: 205, done: false });
  expect(first.body.records).toHaveLength(200);
  const rest = await call("GET", first.body.nextRecordsUrl);
  expect(rest.body).toMatchObject({ totalSize: 205, done: true });
  expect(rest.body.records).toHaveLength(5);
  expect((await call("GET", "/query/01gLw0000000099AAA-200")).errors[0]?.errorCode).toBe("INVALID_QUERY_LOCATOR");
});

it.each([
  ["SELECT Id FORM Account", "MALFORMED_QUERY", "unexpected token: 'FORM'"],
  ["SELECT FROM Account", "MALFORMED_QUERY", "unexpected token"],
  ["SELECT Id FROM Account WHERE Name = 'x", "MALFORMED_QUERY", "ERROR at Row:1:Column:37"],
  ["SELECT Id FROM Account WHERE Name = :name", "MALFORMED_QUERY", "Bind variables only allowed in Apex code"],
  [
    "SELECT Id, Wobble FROM Account",
    "INVALID_FIELD",
    "ERROR at Row:1:Column:12\nNo such column 'Wobble' on entity 'Account'.",
  ],
  ["SELECT Id FROM Account WHERE Wobble__c = 1", "INVALID_FIELD", "No such column 'Wobble__c'"],
  ["SELECT Boss.Name FROM Account", "INVALID_FIELD", "Didn't understand relationship 'Boss'"],
  ["SELECT Id FROM Account WHERE Name = 5", "INVALID_FIELD", "should be enclosed in quotes"],
  ["SELECT Id FROM Account WHERE AnnualRevenue = '5'", "INVALID_FIELD", "should not be enclosed in quotes"],
  ["SELECT Id FROM Wobble", "INVALID_TYPE", "sObject type 'Wobble' is not supported."],
  ["SELECT Id FROM Account WHERE Id = 'abc'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: abc"],
])("refuses %s", async (soql, errorCode, message) => {
  const { status, errors } = await call("GET", queryPath(soql));
  expect([status, errors[0]?.errorCode]).toEqual([400, errorCode]);
  expect(errors[0]?.message).toContain(message);
});

it.each([
  "SELECT COUNT(Id) FROM Account",
  "SELECT Name FROM Account GROUP BY Name",
  "SELECT (SELECT Id FROM Contacts) FROM Account",
  "SELECT Id FROM Account WHERE CreatedDate = TODAY",
])("says that the sandbox does not imitate %s", async (soql) => {
  const { status, headers } = await call("GET", queryPath(soql));
  expect(status).toBe(501);
  expect(headers.get("x-fake-unsupported")).toContain("SOQL");
});

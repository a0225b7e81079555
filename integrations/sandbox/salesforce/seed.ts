import { PEOPLE } from "../sandbox-accounts.js";
import type { World } from "../system.js";
import type { SalesforceCall } from "./call.js";
import { insert } from "./dml.js";
import { salesforceTime } from "./field-values.js";
import { makeId } from "./ids.js";
import type { Json } from "./json.js";
import { beginTransaction, createDatabase, type Row } from "./records.js";
import type { Schema } from "./schema.js";
import { INTEGRATION_USERNAME } from "./users.js";

const ACCOUNTS: readonly Json[] = [
  {
    Name: "Northwind Traders", Type: "Customer - Direct", Industry: "Retail", Rating: "Hot", AnnualRevenue: 4_200_000, NumberOfEmployees: 180,
    Phone: "+44 20 7946 0101", Website: "https://northwind.example", BillingCity: "London", BillingCountry: "United Kingdom", Account_Number__c: "NW-1001",
  },
  {
    Name: "Globex", Type: "Customer - Direct", Industry: "Manufacturing", Rating: "Warm", AnnualRevenue: 1_150_000, NumberOfEmployees: 64,
    Phone: "+1 212 555 0132", Website: "https://globex.example", BillingCity: "New York", BillingCountry: "United States", Account_Number__c: "GX-2001",
  },
  {
    Name: "Initech", Type: "Customer - Channel", Industry: "Technology", Rating: "Warm", AnnualRevenue: 310_000, NumberOfEmployees: 22,
    Phone: "+33 1 99 00 12 34", Website: "https://initech.example", BillingCity: "Lyon", BillingCountry: "France", Account_Number__c: "IN-3001",
  },
]; // prettier-ignore

interface Someone {
  readonly account: string;
  readonly owner: string;
  readonly fields: Json;
}

const CONTACTS: readonly Someone[] = [
  {
    account: "Northwind Traders", owner: "Maya Lindqvist",
    fields: { FirstName: "Jane", LastName: "Doe", Email: "jane.doe@northwind.example", Phone: "+44 20 7946 0102", Title: "Head of Purchasing" },
  },
  {
    account: "Globex", owner: "Tom Okafor",
    fields: { FirstName: "Sam", LastName: "Rivera", Email: "sam.rivera@globex.example", Phone: "+1 212 555 0133", Title: "Plant Manager" },
  },
  {
    account: "Initech", owner: "Ines Moreau",
    fields: { FirstName: "Léa", LastName: "Martin", Email: "lea.martin@initech.example", Phone: "+33 1 99 00 12 35", Title: "Office Manager" },
  },
]; // prettier-ignore

export function seedSalesforce(world: World, schema: Schema): void {
  const users = world.collection<Row>("salesforce", "User");
  if (users.all().length > 0) return;
  const ids = new Map(seedUsers(world).map((row) => [String(row["Name"]), row.Id]));
  const records = beginTransaction(createDatabase(world));
  const userId = ids.get("Loopwright") ?? "";
  const request = { method: "POST", path: "", query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0) };
  const call: SalesforceCall = {
    world,
    schema,
    request,
    params: {},
    query: request.query,
    version: "62.0",
    userId,
    records,
    body: () => ({}),
  };
  const accounts = new Map(
    ACCOUNTS.map((fields) => [String(fields["Name"]), insert(call, schema.resource("Account"), fields).Id]),
  );
  for (const { account, owner, fields } of CONTACTS) {
    const links = { AccountId: accounts.get(account), OwnerId: ids.get(owner) };
    insert(call, schema.resource("Contact"), { ...fields, ...links });
  }
  seedCase(call);
  records.commit();
  world.changed("salesforce");
}

function seedCase(call: SalesforceCall): void {
  const sam = call.records.all("Contact").find((row) => row["Email"] === "sam.rivera@globex.example");
  const fields = {
    Subject: "Replacement blade for conveyor 7",
    Status: "Working",
    Origin: "Phone",
    Description: "Ordered in March, not delivered.",
  };
  insert(call, call.schema.resource("Case"), { ...fields, ContactId: sam?.Id });
}

function seedUsers(world: World): Row[] {
  const users = world.collection<Row>("salesforce", "User");
  const people = PEOPLE.map(({ name, email, title }) => ({ name, email, title }));
  return [{ name: "Loopwright", email: INTEGRATION_USERNAME, title: "Integration" }, ...people].map(
    ({ name, email, title }) => {
      const now = salesforceTime(world.now());
      const Id = makeId("005", world.nextNumber("salesforce_id"));
      const [first = "", last] = name.split(" ");
      const names = {
        Username: email,
        FirstName: last === undefined ? null : first,
        LastName: last ?? first,
        Name: name,
        Email: email,
        Title: title,
      };
      const stamps = {
        IsDeleted: false,
        CreatedDate: now,
        CreatedById: Id,
        LastModifiedDate: now,
        LastModifiedById: Id,
        SystemModstamp: now,
      };
      const row = { Id, ...names, IsActive: true, UserType: "Standard", ...stamps };
      users.put(Id, row);
      return row;
    },
  );
}

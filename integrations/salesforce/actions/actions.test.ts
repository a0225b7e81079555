import { describe, expect, it } from "vitest";
import { callTo, connectionTo, KEY, lookUpIn, withFacts } from "../testing/call.js";
import { json, useFakes, type FakeServer, type Received, type Respond } from "../../testing/fake-server.js";
import { apiError, CONTACT, org, soqlOf, type Routes } from "../testing/org.js";
import { createCase } from "./create-case.js";
import { createNote } from "./create-note.js";
import { createTask } from "./create-task.js";
import { updateContact } from "./update-contact.js";

const RECORD = "00T000000000001AAA";
const saved = { id: RECORD, success: true, errors: [] };
const nobody = { "GET /query": { records: [] } };

let server: FakeServer;
const start = useFakes();
const serve = async (routes: Routes) => (server = await start(org(routes)));
const call = (way: Parameters<typeof withFacts>[0] = "none") =>
  callTo(server, { connection: connectionTo(server, withFacts(way)) });

interface Composite {
  compositeRequest: { url: string; body: Record<string, unknown> }[];
}
const sentTo = (path: string): Record<string, unknown> =>
  JSON.parse(server.received.find(({ method, url }) => method !== "GET" && url.endsWith(path))!.body) as Record<
    string,
    unknown
  >;

const applied: Respond = (request, response) => {
  const { compositeRequest } = JSON.parse(request.body) as { compositeRequest: { referenceId: string }[] };
  const parts = compositeRequest.map(({ referenceId }) => ({ referenceId, httpStatusCode: 201, body: saved }));
  json(200, { compositeResponse: parts })(request, response);
};

describe("createTask", () => {
  const input = { subject: "Call\nback", description: "Angry", contactEmail: " ada@acme.example ", phone: "+33 1 02" };

  it("is about the contact and the contact's account, with phone and due time for whoever calls", async () => {
    await serve({ "POST /sobjects/Task": json(201, saved) });
    const sent = await createTask.send({ ...input, dueDate: "2026-03-05T15:00:00Z", priority: "High" }, call());
    expect(sent).toEqual({
      externalId: RECORD,
      url: `${server.url}/${RECORD}`,
      output: { id: RECORD, url: `${server.url}/${RECORD}`, alsoCreated: "" },
    });
    expect(sentTo("/sobjects/Task")).toEqual({
      Subject: "Call back",
      Status: "Not Started",
      Priority: "High",
      WhoId: CONTACT.Id,
      WhatId: CONTACT.AccountId,
      Description: "Phone: +33 1 02\nDue: 2026-03-05 15:00 UTC\n\nAngry",
      ActivityDate: "2026-03-05",
      IsReminderSet: true,
      ReminderDateTime: "2026-03-05T15:00:00.000Z",
    });
    expect(server.received.map(({ url }) => soqlOf(url)).find((soql) => soql !== null)).toContain(
      "Email = 'ada@acme.example'",
    );
  });

  it("fails plainly when there is no such contact, naming the e-mail in the message only", async () => {
    await serve(nobody);
    const expected = {
      outcome: "REJECTED",
      code: "contact_not_found",
      message: expect.stringContaining("ada@acme.example") as string,
    };
    await expect(createTask.send(input, call())).rejects.toMatchObject(expected);
  });

  it("goes on without contact and account when its author says so", async () => {
    await serve({ ...nobody, "POST /sobjects/Task": json(201, saved) });
    await createTask.send({ ...input, ifNoContact: "account-less" }, call());
    expect(sentTo("/sobjects/Task")).toEqual({
      Subject: "Call back",
      Status: "Not Started",
      Description: "Phone: +33 1 02\nE-mail: ada@acme.example\n\nAngry",
    });
  });

  it("cannot be talked into another query by an e-mail", async () => {
    await serve(nobody);
    await expect(createTask.send({ ...input, contactEmail: "x' OR Name LIKE '%" }, call())).rejects.toMatchObject({
      code: "contact_not_found",
    });
    const soql = server.received.map(({ url }) => soqlOf(url)).find((text) => text !== null);
    expect(soql).toContain("Email = 'x\\' OR Name LIKE \\'%'");
  });

  it("creates in one transaction with the effect object, and finds itself by it", async () => {
    await serve({ "POST /composite": applied });
    await createTask.send(input, call("effect-object"));
    const { compositeRequest } = sentTo("/composite") as unknown as Composite;
    expect(compositeRequest.map(({ url }) => url.split("/").slice(5).join("/"))).toEqual([
      "Loopwright_Effect__c",
      "Task",
      "Loopwright_Effect__c/@{effect.id}",
    ]);
    await serve({ "GET /query": { records: [{ Record_Id__c: RECORD }] } });
    const found = await createTask.find!(input, lookUpIn(server, connectionTo(server, withFacts("effect-object"))));
    expect(found).toMatchObject({ kind: "found", sent: { externalId: RECORD, output: { id: RECORD } } });
  });

  it("stays in doubt where nothing can be looked up", async () => {
    await serve({});
    const found = await createTask.find!(input, lookUpIn(server, connectionTo(server, withFacts("none"))));
    expect(found.kind).toBe("inconclusive");
  });
});

describe("createCase", () => {
  const input = {
    subject: "Late",
    description: "Twice",
    contactEmail: "ada@acme.example",
    priority: "High",
    origin: "Web",
  };

  it("belongs to the contact and its account", async () => {
    await serve({ "POST /sobjects/Case": json(201, saved) });
    await createCase.send(input, call());
    expect(sentTo("/sobjects/Case")).toEqual({
      Subject: "Late",
      Description: "Twice",
      Priority: "High",
      Origin: "Web",
      ContactId: CONTACT.Id,
      AccountId: CONTACT.AccountId,
    });
  });

  it("keeps the e-mail of someone unknown", async () => {
    await serve({ ...nobody, "POST /sobjects/Case": json(201, saved) });
    await createCase.send({ ...input, ifNoContact: "account-less" }, call());
    expect(sentTo("/sobjects/Case")).toMatchObject({ SuppliedEmail: "ada@acme.example" });
  });

  it("is upserted by its key where the case has one", async () => {
    const path = `/sobjects/Case/Loopwright_Key__c/${KEY}`;
    await serve({ [`GET ${path}`]: json(404, apiError("NOT_FOUND")), [`PATCH ${path}`]: json(201, saved) });
    await createCase.send(input, call("external-id"));
    expect(sentTo(path)).toMatchObject({ Subject: "Late" });
  });
});

describe("createNote", () => {
  const input = { title: "NPS 3", body: "<b>late</b>", contactEmail: "ada@acme.example" };
  const partOf = (object: string) => {
    const { compositeRequest } = sentTo("/composite") as unknown as Composite;
    return compositeRequest.find(({ url }) => url.endsWith(`/${object}`))?.body;
  };

  it("is escaped, encoded, and shown on the contact", async () => {
    await serve({ "POST /composite": applied });
    await createNote.send(input, call("effect-object"));
    const note = partOf("ContentNote");
    expect(note).toMatchObject({ Title: "NPS 3" });
    expect(Buffer.from(String(note?.["Content"]), "base64").toString("utf8")).toBe("<p>&lt;b&gt;late&lt;/b&gt;</p>");
    expect(partOf("ContentDocumentLink")).toEqual({
      ContentDocumentId: "@{record.id}",
      LinkedEntityId: CONTACT.Id,
      ShareType: "V",
    });
  });

  it("is shown on the account on request, in one transaction also without the effect object", async () => {
    await serve({ "POST /composite": applied });
    await createNote.send({ ...input, attachTo: "account" }, call("external-id"));
    expect(partOf("ContentDocumentLink")).toMatchObject({ LinkedEntityId: CONTACT.AccountId });
    expect(partOf("Loopwright_Effect__c")).toBeUndefined();
  });

  it("says so when the contact has no account to attach to", async () => {
    await serve({ "GET /query": { records: [{ ...CONTACT, AccountId: null }] } });
    const sending = createNote.send({ ...input, attachTo: "account" }, call());
    await expect(sending).rejects.toMatchObject({ outcome: "REJECTED", code: "account_not_found" });
  });
});

describe("updateContact", () => {
  const input = { contactEmail: "ada@acme.example", fields: { NPS__c: 3, Title: "", VIP__c: true } };
  const path = `/sobjects/Contact/${CONTACT.Id}`;

  it("writes the values and clears what is empty", async () => {
    await serve({
      [`PATCH ${path}`]: (_request: Received, response: Parameters<Respond>[1]) => void response.writeHead(204).end(),
    });
    expect(await updateContact.send(input, call())).toMatchObject({ externalId: CONTACT.Id });
    expect(sentTo(path)).toEqual({ NPS__c: 3, Title: null, VIP__c: true });
  });

  it("changes nobody when several contacts share the e-mail", async () => {
    await serve({ "GET /query": { records: [CONTACT, { Id: "003000000000002AAA" }] } });
    await expect(updateContact.send(input, call())).rejects.toMatchObject({
      outcome: "REJECTED",
      code: "contact_ambiguous",
    });
    expect(server.received.every(({ method, url }) => method === "GET" || url === "/services/oauth2/token")).toBe(true);
  });

  it("is found when the contact has the values already, and may be written again when not", async () => {
    await serve({ [`GET ${path}`]: { Id: CONTACT.Id, NPS__c: 3, Title: null, VIP__c: true } });
    expect(await updateContact.find!(input, lookUpIn(server))).toMatchObject({
      kind: "found",
      sent: { externalId: CONTACT.Id },
    });
    await serve({ [`GET ${path}`]: { Id: CONTACT.Id, NPS__c: 9, Title: null, VIP__c: true } });
    expect(await updateContact.find!(input, lookUpIn(server))).toEqual({ kind: "absent" });
  });

  it.each(["Id", "attributes", "a b", "Name'"])("has no field “%s” in its form", (name) => {
    expect(updateContact.input.safeParse({ ...input, fields: { [name]: "x" } }).success).toBe(false);
  });
});

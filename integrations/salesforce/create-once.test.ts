import { describe, expect, it } from "vitest";
import { openSalesforce } from "./client.js";
import { createOnce, findCreated, type Creation } from "./create-once.js";
import { callTo, KEY } from "./testing/call.js";
import { json, useFakes, type FakeServer, type Received, type Respond } from "../testing/fake-server.js";
import { apiError, org, soqlOf, type Routes } from "./testing/org.js";

let server: FakeServer;
const start = useFakes();
async function clientOf(routes: Routes) {
  server = await start(org(routes));
  return openSalesforce(callTo(server));
}

const TASK = "00T000000000001AAA";
const task: Creation = { object: "Task", fields: { Subject: "Call" }, companions: [] };
const saved = { id: TASK, success: true, errors: [] };
const part = (referenceId: string, httpStatusCode: number, body: unknown) => ({
  referenceId,
  httpStatusCode,
  body,
  httpHeaders: {},
});
const halted = apiError("PROCESSING_HALTED", "The transaction was rolled back");
const composite = (...compositeResponse: object[]) => ({ compositeResponse });
const bodyOf = (name: string): unknown =>
  JSON.parse(server.received.find(({ url }) => url.endsWith(name))?.body ?? "null");

describe("with the effect object", () => {
  it("creates the row, the record and the row's pointer in one transaction", async () => {
    const client = await clientOf({
      "POST /composite": composite(part("effect", 201, saved), part("record", 201, saved), part("link", 204, null)),
    });
    expect(await createOnce(client, "effect-object", KEY, task)).toEqual({ id: TASK, doubled: [] });
    const root = "/services/data/v62.0/sobjects";
    expect(bodyOf("/composite")).toEqual({
      allOrNone: true,
      compositeRequest: [
        {
          method: "POST",
          url: `${root}/Loopwright_Effect__c`,
          referenceId: "effect",
          body: { Key__c: KEY, Object__c: "Task" },
        },
        { method: "POST", url: `${root}/Task`, referenceId: "record", body: { Subject: "Call" } },
        {
          method: "PATCH",
          url: `${root}/Loopwright_Effect__c/@{effect.id}`,
          referenceId: "link",
          body: { Record_Id__c: "@{record.id}" },
        },
      ],
    });
  });

  it("takes our own duplicate for the success that it is, although the answer is 200", async () => {
    const duplicate = apiError(
      "DUPLICATE_VALUE",
      "duplicate value found: Key__c duplicates value on record with id: a00",
    );
    const client = await clientOf({
      "POST /composite": composite(
        part("effect", 400, duplicate),
        part("record", 400, halted),
        part("link", 400, halted),
      ),
      "GET /query": { records: [{ Object__c: "Task", Record_Id__c: TASK }] },
    });
    expect(await createOnce(client, "effect-object", KEY, task)).toEqual({ id: TASK, doubled: [] });
    expect(soqlOf(server.received.at(-1)!.url)).toContain(`WHERE Key__c = '${KEY}'`);
  });

  it("does not take another object's duplicate for ours", async () => {
    const duplicate = apiError("DUPLICATE_VALUE", "duplicate value found: Ext__c");
    const client = await clientOf({
      "POST /composite": composite(
        part("effect", 400, halted),
        part("record", 400, duplicate),
        part("link", 400, halted),
      ),
    });
    const creating = createOnce(client, "effect-object", KEY, task);
    await expect(creating).rejects.toMatchObject({ outcome: "REJECTED", code: "DUPLICATE_VALUE" });
  });

  it.each([
    ["UNABLE_TO_LOCK_ROW", "TRANSIENT"],
    ["FIELD_CUSTOM_VALIDATION_EXCEPTION", "REJECTED"],
    ["UNKNOWN_EXCEPTION", "AMBIGUOUS"],
  ])("finds the part that failed with %s inside the 200", async (errorCode, outcome) => {
    const client = await clientOf({
      "POST /composite": composite(
        part("effect", 400, halted),
        part("record", 400, apiError(errorCode)),
        part("link", 400, halted),
      ),
    });
    await expect(createOnce(client, "effect-object", KEY, task)).rejects.toMatchObject({ outcome, code: errorCode });
  });

  it("is in doubt when the row of an earlier creation cannot be seen", async () => {
    const client = await clientOf({
      "POST /composite": composite(part("effect", 400, apiError("DUPLICATE_VALUE"))),
      "GET /query": { records: [] },
    });
    await expect(createOnce(client, "effect-object", KEY, task)).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
  });

  it("creates once when the first answer was lost, looked up or simply sent again", async () => {
    const rows = new Map<string, string>();
    const apply: Respond = (request, response) => {
      const { compositeRequest } = JSON.parse(request.body) as { compositeRequest: [{ body: { Key__c: string } }] };
      const key = compositeRequest[0].body.Key__c;
      const before = rows.get(key);
      rows.set(key, before ?? TASK);
      if (before === undefined) response.socket?.resetAndDestroy();
      else
        json(200, composite(part("effect", 400, apiError("DUPLICATE_VALUE")), part("record", 400, halted)))(
          request,
          response,
        );
    };
    const query = (request: Received, response: Parameters<Respond>[1]) => {
      const records = [...rows]
        .filter(([key]) => soqlOf(request.url)?.includes(`'${key}'`))
        .map(([, id]) => ({ Record_Id__c: id }));
      json(200, { records })(request, response);
    };
    const client = await clientOf({ "POST /composite": apply, "GET /query": query });
    expect(await findCreated(client, "effect-object", { object: "Task", key: KEY })).toEqual({ kind: "absent" });
    await expect(createOnce(client, "effect-object", KEY, task)).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
    expect(await findCreated(client, "effect-object", { object: "Task", key: KEY })).toEqual({ id: TASK, doubled: [] });
    expect(await createOnce(client, "effect-object", KEY, task)).toEqual({ id: TASK, doubled: [] });
    expect(rows.size).toBe(1);
  });
});

describe("with the external id", () => {
  const path = `/sobjects/Task/Loopwright_Key__c/${KEY}`;

  it("looks first, then upserts by the key", async () => {
    const client = await clientOf({
      [`GET ${path}`]: json(404, apiError("NOT_FOUND")),
      [`PATCH ${path}`]: json(201, { ...saved, created: true }),
    });
    expect(await createOnce(client, "external-id", KEY, task)).toEqual({ id: TASK, doubled: [] });
    expect(server.received.map(({ method }) => method)).toEqual(["POST", "GET", "PATCH"]);
    expect(bodyOf(path)).toEqual({ Subject: "Call" });
  });

  it("does not overwrite what people changed since", async () => {
    const client = await clientOf({ [`GET ${path}`]: { Id: TASK } });
    expect(await createOnce(client, "external-id", KEY, task)).toEqual({ id: TASK, doubled: [] });
    expect(server.received.map(({ method }) => method)).not.toContain("PATCH");
  });

  it("proves absence by 404 only", async () => {
    const client = await clientOf({ [`GET ${path}`]: json(404, apiError("NOT_FOUND")) });
    expect(await findCreated(client, "external-id", { object: "Task", key: KEY })).toEqual({ kind: "absent" });
    const failing = await clientOf({ [`GET ${path}`]: json(500, apiError("UNKNOWN_EXCEPTION")) });
    await expect(findCreated(failing, "external-id", { object: "Task", key: KEY })).rejects.toMatchObject({
      outcome: "TRANSIENT",
    });
  });

  it("takes the lowest of several records with one key and names the others", async () => {
    const choices = ["00T000000000009AAA", TASK].map((id) => `/services/data/v62.0/sobjects/Task/${id}`);
    const client = await clientOf({ [`GET ${path}`]: json(300, choices) });
    expect(await findCreated(client, "external-id", { object: "Task", key: KEY })).toEqual({
      id: TASK,
      doubled: ["00T000000000009AAA"],
    });
  });
});

describe("with neither", () => {
  it("creates plainly", async () => {
    const client = await clientOf({ "POST /sobjects/Task": json(201, saved) });
    expect(await createOnce(client, "none", KEY, task)).toEqual({ id: TASK, doubled: [] });
  });

  it("never pretends to know", async () => {
    const client = await clientOf({});
    expect(await findCreated(client, "none", { object: "Task", key: KEY })).toMatchObject({ kind: "inconclusive" });
  });
});

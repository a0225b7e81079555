import { createHmac } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { until } from "../../workflows/testing/until.js";
import { demoSettings } from "../../integrations/generic/index.js";
import { auditListSchema } from "../audit/audit-api.js";
import { erasureListSchema, type Erasure } from "../erasure/erasure-api.js";
import { peopleFoundSchema } from "../people/people-api.js";
import { aResponse, deliver as deliverTo, demoSource } from "./testing/clients.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct();
const SECRET = "7d9c2f4e-client-secret";
let source: { id: string; url: string; secret: string };

beforeAll(async () => {
  const { json } = await api("POST", "/api/sources", {
    name: "Our CRM",
    kind: "generic",
    secret: SECRET,
    settings: {
      ...demoSettings,
      verifier: { scheme: "hubspot-v3" },
      mapping: { ...demoSettings.mapping, externalId: "$.contactId" },
      erasureRequests: true,
    },
  });
  source = z.object({ id: z.string(), url: z.string(), secret: z.string() }).parse(json);
});

async function deliver(payload: object, secret = SECRET): Promise<{ status: number; json: unknown }> {
  const [body, at] = [JSON.stringify(payload), String(Date.now())];
  const response = await fetch(`${product.url}/hooks/${source.id}`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-hubspot-request-timestamp": at,
      "x-hubspot-signature-v3": createHmac("sha256", secret).update(`POST${source.url}${body}${at}`).digest("base64"),
    },
  });
  return { status: response.status, json: await response.json() };
}

const forget = (objectId: number, secret?: string) =>
  deliver([{ eventId: 1, portalId: 33, subscriptionType: "contact.privacyDeletion", objectId }], secret);
const NOTHING = { status: 202, json: { eventId: null, runIds: [] } };

const erasures = async (): Promise<Erasure[]> =>
  erasureListSchema.parse((await api("GET", "/api/privacy/erasures")).json).items;
const audited = async (action: string) =>
  auditListSchema.parse((await api("GET", `/api/audit?action=${action}`)).json).items;
const known = async (words: string): Promise<number> =>
  peopleFoundSchema.parse((await api("POST", "/api/privacy/search", { words })).json).contacts.length;

it("whom the CRM forgot is forgotten here, once however often it says so; who is not known is noted", async () => {
  expect(source.secret).toBe(SECRET);
  const said = { responseId: "r1", score: 9, name: "Ana Oubli", email: "ana@oubli.example", contactId: 4711 };
  expect((await deliver(said)).status).toBe(202);
  expect((await deliver({ ...said, responseId: "r2", contactId: 4712, email: "bo@oubli.example" })).status).toBe(202);
  expect(await known("4711")).toBe(1);

  expect((await forget(4711, "another-secret-of-theirs")).status).toBe(401);
  expect(await erasures()).toEqual([]);

  const answers = await Promise.all([forget(4711), forget(4711), forget(4711)]);
  expect([...answers, await forget(4711)]).toEqual(Array.from({ length: 4 }, () => NOTHING));
  const [erasure, ...others] = await until(erasures, ([first]) => typeof first?.doneAt === "string", {
    what: "the erasure to be done",
  });
  expect(others).toEqual([]);
  expect(erasure).toMatchObject({ ground: "source", askedBy: "Our CRM" });
  expect(await known("ana@oubli.example")).toBe(0);
  expect(await known("bo@oubli.example")).toBe(1);
  expect(await audited("erasure.asked")).toMatchObject([
    { actor: { kind: "system" }, target: { id: erasure?.id }, data: { ground: "source", source: source.id } },
  ]);

  const noted = (await audited("erasure.nobody")).length;
  expect(await forget(99)).toEqual(NOTHING);
  expect(await audited("erasure.nobody")).toHaveLength(noted + 1);
  expect(JSON.stringify(await audited("erasure.nobody"))).not.toContain('"99"');
  expect(await erasures()).toHaveLength(1);
});

it("other events of the CRM ask for nothing, and are not held", async () => {
  expect(await deliver([{ subscriptionType: "contact.deletion", objectId: 4712 }])).toEqual(NOTHING);
  expect(await known("bo@oubli.example")).toBe(1);
  expect(JSON.stringify((await api("GET", "/api/quarantine")).json)).not.toContain(source.id);
});

it("who is known at another source, too, or was merged, is left to a person", async () => {
  const [victim, merged] = ["vera@oubli.example", "mia@oubli.example"];
  const demo = await demoSource(product);
  await deliverTo(product, demo, aResponse({ email: victim, comment: "Said elsewhere" }));
  expect((await deliver({ responseId: "v1", score: 1, email: victim, contactId: 4242 })).status).toBe(202);
  expect((await deliver({ responseId: "m1", score: 1, email: merged, contactId: 4343 })).status).toBe(202);
  const idOf = async (words: string) =>
    peopleFoundSchema.parse((await api("POST", "/api/privacy/search", { words })).json).contacts[0]?.id ?? "";
  const [bo, mia] = [await idOf("bo@oubli.example"), await idOf(merged)];
  expect((await api("POST", `/api/privacy/contacts/${bo}/merge`, { contactId: mia })).status).toBe(200);
  const before = (await erasures()).length;
  for (const id of [4242, 4242, 4343]) expect(await forget(id)).toEqual(NOTHING);
  expect(await erasures()).toHaveLength(before);
  expect([await known(victim), await known(merged)]).toEqual([1, 1]);
  const told = (await audited("erasure.left_to_person")).map(({ target, data }) => [target.id, data]);
  const data = { source: source.id };
  expect(told).toEqual(
    expect.arrayContaining([
      [await idOf(victim), data],
      [mia, data],
    ]),
  );
  const left = async () =>
    erasureListSchema.parse((await api("GET", "/api/privacy/erasures")).json).left.map(({ contactId }) => contactId);
  const one = await idOf(victim);
  expect((await left()).toSorted()).toEqual([one, mia].toSorted());
  expect((await api("POST", "/api/privacy/erasures", { contactIds: [one] })).status).toBe(202);
  expect(await left()).toEqual([mia]);
});

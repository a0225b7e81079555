import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Start } from "../../workflows/flow/start.js";
import { aNode, ways } from "../../workflows/flow/testing/a-flow.js";
import { finished, publishFlow as publishDrawn } from "../front-door/testing/runs.js";
import { apiAs } from "../front-door/testing/clients.js";
import { useProduct } from "../front-door/testing/use-product.js";
import { peopleFoundSchema } from "../people/people-api.js";
import { post, publishFlow } from "../testing/product-front.js";
import type { StartedRun } from "./start-api.js";

const { product, api } = useProduct({ demo: false });
const whoever = { email: "zelda@zanahoria.example", name: "Zelda Zanahoria", phone: "+33 6 11 22 33 44" };
const drawing = { nodes: [["over", "end", { outcome: "heard" }]], edges: "start > over" } as const;
const start: Start = {
  kind: "call",
  fields: [{ name: "whom", title: "Whom", type: "contact", required: true }],
};
let flowId: string;

beforeAll(async () => {
  const survey = await publishFlow(api, "Team pulse", drawing, { domain: "employee" });
  expect((await post(survey, { ...whoever, score: 2 })).status).toBe(202);
  flowId = await publishDrawn(api, "Called", {
    schemaVersion: 1,
    retiredIds: [],
    nodes: [aNode("trigger", "start", { start }), aNode("end", "over", { outcome: "called" })],
    edges: ways("start > over"),
  });
});

/** What whoever starts it reads of its run, where it is listed, and where it is tried. */
async function toldByStart(): Promise<{ contact: unknown; lists: string }> {
  const started = await api(
    "POST",
    `/api/flows/${flowId}/runs`,
    { fields: { whom: whoever.email } },
    { "idempotency-key": randomUUID() },
  );
  const { event } = await finished(api, (started.json as StartedRun).runId ?? "");
  const lists = await Promise.all([
    api("GET", `/api/runs?flowId=${flowId}`),
    api("GET", `/api/flows/${flowId}/past-events`),
  ]);
  return { contact: event?.["contact"], lists: lists.map(({ text }) => text).join() };
}

describe("a start about an address that an employee gave", () => {
  it("tells no more than that address, in its run and in lists", async () => {
    const { contact, lists } = await toldByStart();
    expect(contact).toEqual({ email: whoever.email, name: null, phone: null, externalId: null });
    expect(lists).toContain("Starts of flows");
    expect(lists).not.toContain("Zelda");
  });

  it("leaves when they were first seen told by the day", async () => {
    const officer = await apiAs(product, "privacy_officer");
    const found = await officer("POST", "/api/privacy/search", { words: whoever.email });
    const [contact] = peopleFoundSchema.parse(found.json).contacts;
    expect(contact?.firstSeen.slice(10)).toBe("T00:00:00.000Z");
  });

  it("tells who it is once they spoke as a customer as well", async () => {
    const shop = await publishFlow(api, "Shop", drawing);
    expect((await post(shop, { ...whoever, score: 9 })).status).toBe(202);
    const { contact, lists } = await toldByStart();
    expect(contact).toMatchObject({ email: whoever.email, name: whoever.name, phone: whoever.phone });
    expect(lists).toContain("Zelda");
  });
});

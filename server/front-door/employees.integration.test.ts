import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { until } from "../../workflows/testing/until.js";
import { z } from "zod";
import { demoSettings } from "../../integrations/generic/index.js";
import { transact } from "../../workflows/ledger/transact.js";
import { formGroups } from "../employees/employee-groups.js";
import { feedbackListSchema, type FeedbackItem } from "../feedback/feedback-api.js";
import { roleSchema, type Role } from "../members/member-api.js";
import { peopleFoundSchema } from "../people/people-api.js";
import type { Client } from "../testing/http.js";
import { connect, deeds, post, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { walkAnswers } from "../testing/walk-answers.js";
import { apiAs, deliver } from "./testing/clients.js";
import { CX, messages, SUPPORT } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ demo: false });
const field = (path: string) => `{{ ${path} | default: "nothing" }}`;
const words = `${field("contact.name")} wrote “${field("feedback.comment")}” (${field("feedback.score")}, ${field("contact.email")})`;
const aDay = { amount: 1, unit: "days" };
let survey: FlowHandle;

beforeAll(async () => {
  const connectionId = await connect(api, product.sandbox, "slack");
  const drawing = {
    nodes: [
      ["tell", "action", deeds.slack(connectionId, CX, words)],
      ["show", "action", { ...deeds.slack(connectionId, SUPPORT, words), showsPersonalData: true }],
      [
        "ask",
        "approval",
        { connectionId, channel: CX, title: `Talk to ${field("contact.name")}?`, text: words, expiresAfter: aDay },
      ],
      ["over", "end", { outcome: "asked" }],
    ],
    edges: "start > tell, tell > show, show > ask, ask:approved > over, ask:rejected > over, ask:expired > over",
  } as const;
  survey = await publishFlow(api, "Team pulse", drawing, { domain: "employee" });
  await api("PUT", "/api/feedback/search", { on: true });
});

/** Found nowhere else: where it is read, it was shown. */
const said = (number: number) => ({
  comment: `Zebrafish number ${String(number)}x is late`,
  name: `Quirina${String(number)} Zanahoria`,
  email: `quirina${String(number)}@zanahoria.example`,
});

const answer = (number: number, more: object = {}) =>
  post(survey, { ...said(number), score: 2, responseId: `pulse-${String(number)}`, ...more });

/** As the worker does; true where a group formed. */
async function form(sourceId = survey.sourceId, relation: string | null = null): Promise<boolean> {
  const workspace_id = product.runtime.installation.workspaceId;
  return transact(product.database.db, (tx) => formGroups(tx, { workspace_id, source_id: sourceId, relation }));
}

async function listed(as: Client = api, sourceId = survey.sourceId, query = ""): Promise<FeedbackItem[]> {
  const { json, status, text } = await as("GET", `/api/feedback?limit=200&sourceId=${sourceId}${query}`);
  expect(status, text).toBe(200);
  return feedbackListSchema.parse(json).items;
}
const commentsOf = (items: readonly FeedbackItem[]) => items.map(({ comment }) => comment).toSorted();

const askedAbout = (runIds: readonly string[]) =>
  until(
    async () => ((await api("GET", "/api/approvals?limit=200")).json as { items: { runId: string }[] }).items,
    (items) => runIds.every((id) => items.some(({ runId }) => runId === id)),
  );

/** What of it is read by a role at any GET, by route. An officer's file of one person is for that person's own request. */
async function shownTo(role: Role, marks: readonly string[]): Promise<string[]> {
  const walked = await walkAnswers(await apiAs(product, role), product.database.db);
  const shown = walked.filter(({ text }) => marks.some((mark) => text.includes(mark)));
  const isOwnRequest = (template: string) => role === "privacy_officer" && template.endsWith("/export");
  return [...new Set(shown.map(({ template }) => template))].filter((template) => !isOwnRequest(template));
}

const found = async (as: Client, sought: string) =>
  peopleFoundSchema.parse((await as("POST", "/api/privacy/search", { words: sought })).json);

describe("what fewer than five employees said", () => {
  const four = [1, 2, 3, 4].map(said);
  let runIds: string[];

  beforeAll(async () => {
    const posted = await Promise.all([1, 2, 3, 4].map((number) => answer(number)));
    runIds = posted.flatMap((one) => one.runIds);
    expect(runIds).toHaveLength(4);
    await askedAbout(runIds);
    expect(await form()).toBe(false);
  });

  it("is read by nobody at any route, and neither is who said it", async () => {
    const marks = ["Zebrafish", "Quirina", "quirina"];
    for (const role of roleSchema.options) expect([role, await shownTo(role, marks)]).toEqual([role, []]);
    expect(await listed(api, survey.sourceId, "&words=zebrafish").catch(() => "search is still building")).toEqual([]);
  });

  it("starts flows all the same, whose runs tell neither score nor person nor hour", async () => {
    const { json, text } = await api("GET", `/api/runs/${runIds[0] ?? ""}`);
    expect(json).toMatchObject({ ofEmployee: true, score: null, contactName: null, event: null, state: "waiting" });
    const times = [...text.matchAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g)].map(([time]) => time.slice(10));
    expect(new Set(times)).toEqual(new Set(["T00:00:00.000Z"]));
    const { items } = z
      .object({ items: z.array(z.looseObject({ runId: z.string(), title: z.string().nullable() })) })
      .parse((await api("GET", "/api/approvals?limit=200")).json);
    expect(items.filter(({ runId }) => runIds.includes(runId)).map(({ title }) => title)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("leads viewers neither to how a run ended nor to the way that it took", async () => {
    const viewer = await apiAs(product, "viewer");
    const { json } = await viewer("GET", `/api/runs/${runIds[0] ?? ""}`);
    expect(json).toMatchObject({ ofEmployee: true, outcome: null, heldBy: [], steps: [], effects: [], facts: [] });
    expect((await api("GET", `/api/runs/${runIds[0] ?? ""}`)).json).toMatchObject({ steps: { length: 5 } });
    const asked = (await viewer("GET", "/api/approvals?limit=200")).json as { items: { runId: string }[] };
    expect(asked.items.filter(({ runId }) => runIds.includes(runId))).toEqual([]);
  });

  it("is not counted where its source is listed, nor is the hour told there", async () => {
    const { json } = await api("GET", `/api/sources/${survey.sourceId}`);
    const { responses, lastEventAt } = z.object({ responses: z.number(), lastEventAt: z.string() }).parse(json);
    expect([responses, lastEventAt.slice(10)]).toEqual([0, "T00:00:00.000Z"]);
  });

  it("is left out of what flows send, but where a step says that it shows it", () => {
    const [told, shown] = [CX, SUPPORT].map((channel) => JSON.stringify(messages(product, channel)));
    expect(told).toContain("[name] wrote “[comment]” ([score], [e-mail])");
    expect(told).toContain("Talk to [name]?");
    expect(told).not.toMatch(/Zebrafish|Quirina/i);
    for (const { comment, name } of four) expect(shown).toContain(`${name} wrote “${comment}” (2, `);
  });

  it("is said to be hidden, and how many are missing is told by half", async () => {
    const { withheld } = feedbackListSchema.parse((await api("GET", "/api/feedback")).json);
    expect(withheld).toEqual([
      { sourceId: survey.sourceId, sourceName: "Team pulse", relation: null, atLeast: 5, missing: "few" },
    ]);
  });

  it("is found for a person's own request, by a privacy officer, and that is told", async () => {
    const officer = await apiAs(product, "privacy_officer");
    expect((await found(api, "Zebrafish number 1x")).responses).toEqual([]);
    expect((await found(officer, "Zebrafish number 1x")).responses).toMatchObject([{ comment: said(1).comment }]);
    const [contact] = (await found(officer, said(1).email)).contacts;
    const path = `/api/privacy/contacts/${contact?.id ?? ""}/export`;
    expect(await api("GET", path)).toMatchObject({ status: 409, json: { code: "employee_feedback" } });
    expect((await officer("GET", path)).text).toContain(said(1).comment);
    expect(contact?.firstSeen.slice(10)).toBe("T00:00:00.000Z");
    // Ids begin with a time: it is the day's.
    const [madeAt] = [Number.parseInt((contact?.id ?? "").replaceAll("-", "").slice(0, 12), 16)];
    expect(new Date(madeAt).toISOString()).toBe(contact?.firstSeen);
    const { rows } = await sql<{ action: string }>`
      select action from audit_event where target_id = ${contact?.id ?? ""} order by id`.execute(product.database.db);
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(["person.revealed", "person.exported"]));
  });
});

describe("what five employees said", () => {
  it("is shown at once, by nobody, of a day, and leads to no run", async () => {
    await answer(5);
    const items = await until(listed, ({ length }) => length > 0);
    expect(commentsOf(items)).toEqual([1, 2, 3, 4, 5].map((number) => said(number).comment));
    for (const { contactName, runs, outcome, group, occurredAt, receivedAt, id } of items) {
      // A rule that asks for a department would tell whose words came from there.
      expect({ contactName, runs, outcome, group }).toEqual({
        ...{ contactName: null, runs: [], outcome: null },
        group: { atLeast: 5, relation: null },
      });
      expect([occurredAt.slice(10), receivedAt]).toEqual(["T00:00:00.000Z", occurredAt]);
      // Ids begin with a time: it is the day's.
      expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.parse(occurredAt));
    }
    const marks = ["Quirina", "quirina"];
    for (const role of roleSchema.options) expect([role, await shownTo(role, marks)]).toEqual([role, []]);
    for (const role of ["admin", "builder"] as const)
      expect([role, await shownTo(role, ["Zebrafish"])]).toEqual([role, ["/api/feedback"]]);
    expect(await shownTo("viewer", ["Zebrafish"])).toEqual([]);
    await until(
      () => listed(api, survey.sourceId, "&words=zebrafish"),
      ({ length }) => length === 5,
    );
  });

  it("does not change by one: neither by a sixth, nor by what one of them adds later", async () => {
    const before = await listed();
    await answer(6);
    await answer(1, { comment: "Zebrafish, write to one@staff.example" });
    expect(await form()).toBe(false);
    expect(await listed()).toEqual(before);
    for (const number of [7, 8]) await answer(number);
    expect(await form()).toBe(false);
    await answer(9);
    await until(listed, ({ length }) => length >= 10);
    expect(await listed()).toHaveLength(10);
  });

  it("is hidden whole once one of them is forgotten: what is missing would be theirs", async () => {
    const [contact] = (await found(api, said(2).email)).contacts;
    const asked = await api("POST", "/api/privacy/erasures", { contactIds: [contact?.id] });
    expect(asked.status, asked.text).toBe(202);
    await until(listed, ({ length }) => length === 5);
    expect(commentsOf(await listed())).toEqual(
      [...[6, 7, 8, 9].map((n) => said(n).comment), "Zebrafish, write to [e-mail]"].toSorted(),
    );
  });
});

describe("a review of a colleague", () => {
  const settings = {
    ...{ ...demoSettings, domain: "employee" },
    mapping: { ...demoSettings.mapping, relation: "$.relation" },
  };
  const rated = (number: number, relation: string) => ({
    ...{ responseId: `360-${String(number)}`, score: 7, comment: `Okapi ${String(number)} by a ${relation}` },
    ...{ name: `Rutabaga${String(number)}`, email: `rutabaga${String(number)}@okapi.example`, relation },
  });

  it("shows of who gave it the relation alone, once enough of that relation gave one", async () => {
    const source = z
      .object({ id: z.string(), secret: z.string() })
      .parse((await api("POST", "/api/sources", { name: "360", kind: "generic", settings })).json);
    for (const number of [1, 2, 3, 4]) await deliver(product, source, rated(number, "Peer"));
    for (const number of [5, 6]) await deliver(product, source, rated(number, "boss"));
    expect([await form(source.id, "peer"), await form(source.id, "manager")]).toEqual([false, false]);
    expect(await listed(api, source.id)).toEqual([]);
    await deliver(product, source, rated(7, "colleague"));
    const items = await until(
      () => listed(api, source.id),
      ({ length }) => length > 0,
    );
    expect(commentsOf(items)).toEqual([
      ...[1, 2, 3, 4].map((n) => `Okapi ${String(n)} by a Peer`),
      "Okapi 7 by a colleague",
    ]);
    expect(new Set(items.map(({ group }) => group?.relation))).toEqual(new Set(["peer"]));
    for (const role of roleSchema.options)
      expect([role, await shownTo(role, ["Rutabaga", "rutabaga", "by a boss"])]).toEqual([role, []]);
    const officer = await apiAs(product, "privacy_officer");
    expect((await found(officer, "Okapi")).responses).toEqual([]);
    const [rater] = (await found(officer, "rutabaga5@okapi.example")).contacts;
    expect((await officer("GET", `/api/privacy/contacts/${rater?.id ?? ""}/export`)).text).toContain("Okapi 5");
  });

  it("is what employees say, and nothing else", async () => {
    const wrong = { name: "Wrong", kind: "generic", settings: { ...settings, domain: "customer" } };
    expect((await api("POST", "/api/sources", wrong)).status).toBe(400);
  });
});

import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { demoSettings } from "../../integrations/generic/index.js";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { insertWorkspace } from "../members/member-store.js";
import { peopleFoundSchema, type Choices, type PeopleFound } from "../people/people-api.js";
import { sourceWithSecretSchema } from "../sources/source-api.js";
import { aResponse, apiAs, deliver, demoSource, type HookAnswer, type SignedSource } from "./testing/clients.js";
import { connectionsOf, draftFor, finished, publishFlow, runUntil } from "./testing/runs.js";
import { cardOf, click, MAYA, rowsOf } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct();
let source: SignedSource;
let slack: string;
beforeAll(async () => {
  source = await demoSource(product);
  slack = (await connectionsOf(api)).slack;
  const tell = (words: string) =>
    aNode("action", "tell", {
      action: "slack.postMessage@1",
      connectionId: slack,
      input: { channel: "#cx", text: words },
    });
  await publish(
    "Told",
    [tell("{{ contact.name | default: '-' }}: {{ feedback.comment | default: '-' }}")],
    "start > tell",
  );
  await publish("Asked for research", [tell("A question for research")], "start > tell", "research");
});

async function publish(product_: string, nodes: readonly DraftNode[], edges: string, purpose?: string): Promise<void> {
  const draft = draftFor(product_, nodes, edges);
  const [trigger, ...others] = draft.nodes;
  const aimed = { ...draft, nodes: [{ ...trigger!, config: { ...trigger!.config, purpose } }, ...others] };
  await publishFlow(api, product_, aimed);
}

const say = (difference: object): Promise<HookAnswer> =>
  deliver(product, source, aResponse({ product: "Nothing", score: 9, ...difference }));

async function search(words: string, as = api): Promise<PeopleFound> {
  const { json, status, text } = await as("POST", "/api/privacy/search", { words });
  expect(status, text).toBe(200);
  return peopleFoundSchema.parse(json);
}
const namesOf = ({ contacts }: PeopleFound) => contacts.map(({ name }) => name);
const posted = (words: string): boolean => JSON.stringify(rowsOf(product, "slack", "messages")).includes(words);

describe("a person is found", () => {
  beforeAll(async () => {
    await say({ name: "Zoë Quillfeather", email: "zoe@quill.example", comment: "Fine" });
    await say({
      name: undefined,
      email: undefined,
      account: undefined,
      comment: "Ask ZOE@quill.example or +33 6 99 88 77 66",
    });
    await deliver(product, source, { noScore: true, about: "zoe@quill.example" });
  });

  it("by an address: as a contact, in words that nobody signed, and in what is held", async () => {
    const found = await search("zoe@quill.example");
    expect(namesOf(found)).toEqual(["Zoë Quillfeather"]);
    expect(found.responses).toMatchObject([{ contactId: null, comment: "Ask ZOE@quill.example or +33 6 99 88 77 66" }]);
    expect(found.held).toHaveLength(1);
    expect(found.read.everything).toBe(true);
  });

  it.each(["quillfeather", "zoe quill", "Zoë"])(
    "by a part of a name, with or without its accents: %s",
    async (words) => {
      expect(namesOf(await search(words))).toEqual(["Zoë Quillfeather"]);
    },
  );

  it("by a name or a number that they gave with a response, though that makes nobody a contact", async () => {
    const nobody = { email: undefined, account: undefined, comment: undefined };
    await say({ ...nobody, name: "Theodora Wintergreen" });
    const settings = { ...demoSettings, mapping: { ...demoSettings.mapping, phone: "$.phone" } };
    const made = await api("POST", "/api/sources", { name: "With numbers", kind: "generic", settings });
    const numbers = sourceWithSecretSchema.parse(made.json);
    await deliver(product, numbers, aResponse({ ...nobody, name: undefined, score: 9, phone: "+33 6 55 44 33 22" }));
    expect(await search("wintergreen")).toMatchObject({
      contacts: [],
      responses: [{ contactId: null, name: "Theodora Wintergreen" }],
    });
    expect(await search("06 55 44 33 22")).toMatchObject({ contacts: [], responses: [{ contactId: null }] });
    const { rows } =
      await sql`select from mention join response on response.id = response_id where source_id = ${numbers.id}`.execute(
        product.database.db,
      );
    expect(rows).toHaveLength(1);
  });

  it.each(["0699887766", "+33699887766"])("by a number that somebody typed: %s", async (words) => {
    expect((await search(words)).responses).toHaveLength(1);
  });

  it("in no other workspace", async () => {
    const elsewhere = await transact(product.runtime.db, (tx) => insertWorkspace(tx, "Elsewhere"));
    const found = await search("zoe@quill.example", await apiAs(product, "privacy_officer", elsewhere));
    expect(found).toMatchObject({ contacts: [], responses: [], held: [] });
  });

  it("and the search is told by the audit, without its words", async () => {
    const { text } = await api("GET", "/api/audit?action=person.searched");
    expect(text).toContain("person.searched");
    expect(text).not.toContain("quill");
  });
});

async function contactId(words: string): Promise<string> {
  return (await search(words)).contacts[0]?.id ?? "";
}

it("everything that is held of a person can be taken along, to be read by programs and by people", async () => {
  const { runIds } = await say({
    product: "Told",
    name: "<script>alert(1)</script>",
    email: "e@x.example",
    comment: "Export me",
  });
  await finished(api, runIds[0]!);
  const id = await contactId("e@x.example");
  const json = await api("GET", `/api/privacy/contacts/${id}/export`);
  expect(json.json).toMatchObject({
    contact: { email: "e@x.example" },
    responses: [
      {
        comment: "Export me",
        respondent: { email: "e@x.example" },
        raw: expect.stringContaining("Export me") as string,
      },
    ],
    runs: [{ flow: "Told", effects: [{ action: "slack.postMessage@1", state: "done" }] }],
  });
  const html = await api("GET", `/api/privacy/contacts/${id}/export?format=html`);
  expect(html.headers.get("content-disposition")).toContain("attachment");
  expect(html.text).toContain("Export me");
  expect(html.text).not.toContain("<script>");
});

it("an address that was put right leads to the same person, and the old one to nobody", async () => {
  await say({ name: "Rex Stone", email: "rex@wrong.example" });
  const id = await contactId("rex@wrong.example");
  const answer = await api("PATCH", `/api/privacy/contacts/${id}`, { email: "rex@right.example", phone: null });
  expect(answer.json).toMatchObject({ id, name: "Rex Stone", email: "rex@right.example", phone: null });
  await say({ name: "Rex Stone", email: "rex@right.example" });
  expect((await search("rex@right.example")).contacts).toMatchObject([{ id, responses: 2 }]);
  expect((await search("rex@wrong.example")).contacts).toEqual([]);
});

describe("nothing is done about a person", () => {
  const free: Choices = { restricted: false, consents: [], objections: [] };
  const choose = async (words: string, choices: Partial<Choices>) =>
    api("PUT", `/api/privacy/contacts/${await contactId(words)}/choices`, { ...free, ...choices });

  it("whose data is restricted, until that is lifted; the run says so", async () => {
    await say({ name: "Ada Still", email: "ada@still.example" });
    expect((await choose("ada@still.example", { restricted: true })).status).toBe(200);
    const { runIds } = await say({
      product: "Told",
      name: "Ada Still",
      email: "ada@still.example",
      comment: "Unsent words",
    });
    const stuck = await runUntil(api, runIds[0]!, ({ state }) => state === "stuck");
    expect(stuck.effects).toMatchObject([{ state: "failed", code: "withheld_restricted", attempts: [] }]);
    expect(posted("Unsent words")).toBe(false);
    await choose("ada@still.example", {});
    expect((await api("POST", `/api/runs/${stuck.id}/steps/tell/retry`, {})).status).toBe(200);
    await finished(api, stuck.id);
    expect(posted("Unsent words")).toBe(true);
  });

  it("who never agreed to research, or objects to be followed up", async () => {
    const first = await say({ product: "Asked for research", name: "Ben New", email: "ben@new.example" });
    const refused = await runUntil(api, first.runIds[0]!, ({ state }) => state === "stuck");
    expect(refused.effects).toMatchObject([{ code: "withheld_no_consent" }]);
    await choose("ben@new.example", { consents: ["research"], objections: ["service"] });
    const second = await say({ product: "Asked for research", name: "Ben New", email: "ben@new.example" });
    expect((await finished(api, second.runIds[0]!)).effects).toMatchObject([{ state: "done" }]);
    const third = await say({ product: "Told", name: "Ben New", email: "ben@new.example" });
    const objected = await runUntil(api, third.runIds[0]!, ({ state }) => state === "stuck");
    expect(objected.effects).toMatchObject([{ code: "withheld_objected" }]);
  });

  it("also in a run that was open when they said so", async () => {
    const ask = aNode("approval", "ask", {
      connectionId: slack,
      channel: "#cx",
      approvers: [],
      title: "Call?",
      text: "Now?",
    });
    const after = aNode("action", "tell", {
      action: "slack.postMessage@1",
      connectionId: slack,
      input: { channel: "#cx", text: "After the question" },
    });
    await publish("Asked", [ask, after], "start > ask, ask:approved > tell");
    const { runIds } = await say({ product: "Asked", name: "Cy Late", email: "cy@late.example" });
    const card = await cardOf(product, runIds[0]!);
    await choose("cy@late.example", { objections: ["service"] });
    await click(product, card, "approve", MAYA);
    const stuck = await runUntil(api, runIds[0]!, ({ state }) => state === "stuck");
    expect(stuck.effects.find(({ nodeId }) => nodeId === "tell")).toMatchObject({ code: "withheld_objected" });
    expect(posted("After the question")).toBe(false);
  });
});

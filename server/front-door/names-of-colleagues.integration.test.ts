import { beforeAll, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { until } from "../../workflows/testing/until.js";
import { insertWorkspace } from "../members/member-store.js";
import { createSignInLink } from "../members/sign-in.js";
import { clientOf, type Client } from "../testing/http.js";
import { aResponse, apiAs, deliver, demoSource } from "./testing/clients.js";
import { connectionsOf, draftFor, finished, publishFlow, readRun } from "./testing/runs.js";
import { cardOf, click, MAYA } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

/** docs/decisions/0011-names-of-colleagues.md */

const CONTACT = "Sam Rivera";
const { product, api } = useProduct();
let viewer: Client;
let elsewhere: Client;
/** Decided in Slack by somebody who is no member; cancelled on the page by a member. */
let decided: string;
let cancelled: string;

beforeAll(async () => {
  viewer = await apiAs(product, "viewer");
  const other = await transact(product.runtime.db, (tx) => insertWorkspace(tx, "Elsewhere"));
  elsewhere = await apiAs(product, "viewer", other);
  [decided, cancelled] = await Promise.all([ask("Decided"), ask("Cancelled")]);
  const card = await cardOf(product, decided);
  await until(
    () => click(product, card, "approve", MAYA),
    ({ ok }) => ok,
  );
  expect((await (await asMember())("POST", `/api/runs/${cancelled}/cancel`)).status).toBe(200);
  await Promise.all([decided, cancelled].map((id) => finished(api, id)));
});

async function ask(name: string): Promise<string> {
  const { slack } = await connectionsOf(api);
  const question = { connectionId: slack, channel: "#cx", approvers: [], title: "Call?", text: "{{ run.url }}" };
  const ends = ["yes", "no"].map((id) => aNode("end", id, { outcome: id }));
  const drawn = [aNode("approval", "ask", question), ...ends];
  await publishFlow(api, name, draftFor(name, drawn, "start > ask, ask:approved > yes, ask:rejected > no"));
  const { runIds } = await deliver(product, await demoSource(product), aResponse({ product: name, score: 9 }));
  const runs = await Promise.all(runIds.map((id) => readRun(api, id)));
  return runs.find(({ flowName }) => flowName === name)!.id;
}

/** The first admin, signed in as a person. */
async function asMember(): Promise<Client> {
  const { runtime, url } = product;
  const asked = { memberId: runtime.installation.adminId, publicUrl: url, validMs: 60_000 };
  const link = await transact(runtime.db, (tx) => createSignInLink(tx, asked));
  const { headers } = await fetch(link, { redirect: "manual" });
  return clientOf(url, { cookie: headers.getSetCookie()[0]!.split(";")[0]!, origin: url });
}

const namesIn = async (runId: string) => (await readRun(viewer, runId)).facts.flatMap(({ by }) => by ?? []);
const approvalsFor = async (client: Client) =>
  ((await client("GET", "/api/approvals")).json as { items: { runId: string; decidedBy: string | null }[] }).items;

it("a viewer sees which colleague decided, in Slack or on the page, and no customer's name", async () => {
  const [slackName = ""] = await namesIn(decided);
  expect(slackName).toMatch(/maya/i);
  expect((await approvalsFor(viewer)).find(({ runId }) => runId === decided)).toMatchObject({ decidedBy: slackName });
  expect(await namesIn(cancelled)).toEqual(["Admin"]);
  for (const path of [`/api/runs/${decided}`, "/api/runs", "/api/approvals", "/api/feedback"])
    expect((await viewer("GET", path)).text).not.toContain(CONTACT);
});

it("a viewer of another workspace sees none of their names", async () => {
  const known = new Set([...(await namesIn(decided)), ...(await namesIn(cancelled))]);
  expect(known.size).toBe(2);
  expect(await approvalsFor(elsewhere)).toEqual([]);
  for (const [path, status] of [
    [`/api/runs/${decided}`, 404],
    [`/api/runs/${cancelled}`, 404],
    ["/api/runs", 200],
    ["/api/approvals", 200],
    ["/api/flows", 200],
    ["/api/feedback", 200],
  ] as const) {
    const answer = await elsewhere("GET", path);
    expect([path, answer.status]).toEqual([path, status]);
    for (const name of known) expect(answer.text, path).not.toContain(name);
  }
});

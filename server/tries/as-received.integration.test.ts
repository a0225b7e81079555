import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { REHEARSAL_KEY, SECRET } from "../../integrations/rehearsal.js";
import { finished } from "../front-door/testing/runs.js";
import { CX } from "../front-door/testing/slack.js";
import { useProduct } from "../front-door/testing/use-product.js";
import { connect, deeds, post, publishFlow } from "../testing/product-front.js";
import { trySchema } from "./try-api.js";

const { product, api } = useProduct({ demo: false });

/** What the sandbox's servers, which run in this process, were asked. */
const received: { readonly request: IncomingMessage; readonly chunks: Buffer[] }[] = [];

const START = "http.server.request.start";
const note = (message: unknown): void => {
  const { request } = message as { readonly request: IncomingMessage };
  const chunks: Buffer[] = [];
  received.push({ request, chunks });
  const push = request.push.bind(request);
  // As the parser hands it over, so that whoever reads it reads it as ever.
  request.push = (chunk: Buffer | null, ...rest) => {
    if (chunk) chunks.push(Buffer.from(chunk));
    return push(chunk, ...rest);
  };
};
beforeAll(() => subscribe(START, note));
afterAll(() => void unsubscribe(START, note));

interface Shown {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The key, and what is made of it, which a try cannot know. */
const withoutKey = (text: string): string =>
  text
    .replaceAll(/client_msg_id=[0-9a-f-]{36}/g, "client_msg_id=(of the key)")
    .replaceAll(/lw_[a-z2-7]{52}/g, REHEARSAL_KEY)
    .replaceAll(/lw-[a-z2-7]{52}/g, REHEARSAL_KEY.replace("_", "-"));

/** Those of an effect's key: what was asked before it was looked up, and is no write. */
const askedWith = (key: string) =>
  received
    .map(({ request, chunks }) => ({ request, body: Buffer.concat(chunks).toString("utf8") }))
    .find(({ request, body }) => `${request.url ?? ""} ${body} ${JSON.stringify(request.headers)}`.includes(key));

it("what a try shows of a request is what the other system receives when the flow really runs", async () => {
  const slack = await connect(api, product.sandbox, "slack");
  const jira = await connect(api, product.sandbox, "jira");
  const salesforce = await connect(api, product.sandbox, "salesforce");
  const words = 'Score {{ feedback.score | default: "none" }}: {{ feedback.comment | default: "nothing" }} <!here>';
  const flow = await publishFlow(api, "As received", {
    nodes: [
      ["tell", "action", deeds.slack(slack, CX, words)],
      ["ticket", "action", deeds.jira(jira, words)],
      ["call", "action", deeds.salesforce(salesforce, "", words)],
    ],
    edges: "start > tell, start > ticket, start > call",
  });
  const said = await post(flow, { score: 3, comment: "The numbat “left” & more" });
  const run = await finished(api, said.runIds[0] ?? "");
  const { rows } = await sql<{ id: string }>`select id from response`.execute(product.database.db);
  const event = { kind: "past", responseId: rows[0]?.id };
  const tried = trySchema.parse((await api("POST", `/api/flows/${flow.flowId}/try`, { event })).json);
  expect(tried.effects).toHaveLength(3);
  for (const { nodeId, request: shown } of tried.effects) {
    const key = run.effects.find((effect) => effect.nodeId === nodeId)?.key ?? "none";
    const got = askedWith(key);
    if (!shown || !got) throw new Error(`${nodeId} was not shown or not received`);
    expectSame(shown, got);
  }
});

function expectSame(shown: Shown, { request, body }: { readonly request: IncomingMessage; readonly body: string }) {
  const { method = "", url = "", headers } = request;
  expect([method, withoutKey(`http://${headers.host ?? ""}${url}`)]).toEqual([shown.method, withoutKey(shown.url)]);
  expect(withoutKey(body)).toBe(withoutKey(shown.body ?? ""));
  const { authorization, ...others } = shown.headers;
  expect(headers.authorization?.split(" ")[0]).toBe(authorization?.split(" ")[0]);
  expect(authorization).toContain(SECRET);
  expect(headers).toMatchObject(others);
}

import { sql } from "kysely";
import { expect } from "vitest";
import { demoSettings } from "../../../integrations/generic/index.js";
import { templates } from "../../../workflows/flow/templates/index.js";
import { until } from "../../../workflows/testing/until.js";
import { setDatabaseClock } from "../../testing/database-clock.js";
import type { Client } from "../../testing/http.js";
import { connect } from "../../testing/product-front.js";
import { deliver, type SignedSource } from "./clients.js";
import type { Product } from "./product.js";
import { finished, publishFlow, runUntil, type Connections } from "./runs.js";
import { newIn } from "./said-to-systems.js";
import { click, hasButtons, MAYA, messages, messagesOf, openViews, type Message } from "./slack.js";

const DAY_MS = 86_400_000;
const scales = { nps: [0, 10], csat: [1, 5], ces: [1, 7], stars: [1, 5] } as const;
const fields = { ...demoSettings.mapping, phone: "$.phone", language: "$.language" };

export const jane = {
  name: "Jane Doe",
  email: "jane.doe@northwind.example",
  account: "Northwind Traders",
  phone: "+44 20 7946 0018",
};
export const sam = { name: "Sam Rivera", email: "sam.rivera@globex.example", account: "Globex" };
/** Nobody in Salesforce. */
export const ada = { name: "Ada Brandt", email: "ada@brandt.example" };

/** Numbers differ from one start to the next. */
export const withoutKeys = (line: string): string => line.replaceAll(/\bRND-\d+/g, "RND-0");

interface Published {
  /** Posts an answer and gives its run. */
  say(said: object): Promise<string>;
}

export type Play = ReturnType<typeof playTemplates>;

/** Publishes templates as they are, says things to them, and lets people and time answer. */
export function playTemplates(product: Product, api: Client) {
  let connections: Connections;
  let fresh: () => string[];
  let answers = 0;
  let ahead = 0;
  const told = new Set<string>();

  async function prepare(): Promise<void> {
    connections = {
      slack: await connect(api, product.sandbox, "slack"),
      jira: await connect(api, product.sandbox, "jira"),
      salesforce: await connect(api, product.sandbox, "salesforce"),
    };
    const accounts = [
      { name: "Northwind Traders", attributes: { tier: "key", annualRevenue: 480_000 } },
      { name: "Globex", attributes: { tier: "key", annualRevenue: 40_000 } },
    ];
    expect((await api("POST", "/api/accounts/import", { accounts })).status).toBe(200);
    fresh = newIn(product);
  }

  /** Published as it is, with a source of its own that sends what starts it. */
  async function template(id: string, metric: keyof typeof scales): Promise<Published> {
    told.add(id);
    const used = templates.find((one) => one.id === id)!;
    const [scaleMin, scaleMax] = scales[metric];
    const domain = used.ofEmployees ? "employee" : "customer";
    const settings = { ...demoSettings, mapping: fields, metric, scaleMin, scaleMax, domain };
    const source = (await api("POST", "/api/sources", { name: id, kind: "generic", settings })).json as SignedSource;
    const house = { language: "en", connections, sources: [source.id], zone: "Europe/Paris" } as const;
    await publishFlow(api, used.words.en.title, used.draw(house));
    return {
      say: async (said) => {
        const answer = {
          responseId: `template-${String((answers += 1))}`,
          submittedAt: "2026-03-02T09:00:00Z",
          ...said,
        };
        const { runIds } = await deliver(product, source, answer);
        expect(runIds).toHaveLength(1);
        return runIds[0]!;
      },
    };
  }

  const waitsAt = (runId: string, step: string) =>
    runUntil(api, runId, (run) => run.steps.some(({ nodeId, state }) => nodeId === step && state === "waiting"));
  const outcome = async (runId: string) => (await finished(api, runId)).outcome;

  /** The card that asks this, once it stands in Slack. */
  async function asked(runId: string, title: string): Promise<Message> {
    const cards = () =>
      messagesOf(product, runId).filter((one) => hasButtons(one) && JSON.stringify(one).includes(title));
    const [card] = await until(cards, ({ length }) => length > 0, { what: `the card “${title}”` });
    return card!;
  }

  /** Until the decision stands on the card. A rejection asks for its reason first. */
  async function decide(runId: string, title: string, choice: "approve" | "reject"): Promise<void> {
    const card = await asked(runId, title);
    expect(await click(product, card, choice, MAYA)).toMatchObject({ ok: true });
    if (choice === "reject") await giveReason();
    const written = () => messages(product).find(({ ts }) => ts === card.ts)!;
    await until(written, (one) => !hasButtons(one), { what: `the decision on “${title}”` });
  }

  async function giveReason(): Promise<void> {
    const [view] = openViews(product);
    const { body } = await product.sandbox.act("submit", {
      viewId: view!.id,
      values: { reason: "Not so" },
      user: MAYA,
    });
    expect(body).toMatchObject({ ok: true });
  }

  const urlOf = (runId: string) => `${product.runtime.config.publicUrl}/runs/${runId}`;

  /** What waits for its turn at a system would be given up for lost if days went by meanwhile. */
  const underWay = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from effect where state in ('intent', 'sending')`.execute(product.database.db);
    return rows[0]?.n ?? 0;
  };

  /** Once the run waits at this step, and everything has been sent, time passes by the one clock. */
  async function pass(runId: string, step: string, days: number): Promise<void> {
    await waitsAt(runId, step);
    await until(underWay, (effects) => effects === 0, { what: "everything that is to be sent" });
    ahead += days * DAY_MS;
    await setDatabaseClock(product.database.db, ahead);
    product.runtime.ports.wake(runId);
  }

  /** What stands in the sandbox's systems since it was asked last. */
  const added = () => fresh();
  return { prepare, template, waitsAt, outcome, asked, decide, pass, urlOf, added, told };
}

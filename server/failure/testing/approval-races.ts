import { expect } from "vitest";
import type { Duration } from "../../../workflows/flow/schema.js";
import { effects, type approvals } from "../../testing/ledger-views.js";
import { connect, deeds, publishFlow, type FlowHandle } from "../../testing/product-front.js";
import type { Product } from "../../testing/product.js";
import { managers, pressApprove, submitRejection } from "../../testing/slack-people.js";

export type Approval = Awaited<ReturnType<typeof approvals>>[number];

/** Slack takes about three cards a second for each connection. */
const CONNECTIONS = 3;
const CHANNELS = ["#support", "#cx", "#rnd"] as const;

/** Ask; when approved a Jira issue, when rejected a task in Salesforce, when the time is up nothing. */
export async function approvalFlows({ api, sandbox }: Product, expiresAfter: Duration): Promise<FlowHandle[]> {
  const jira = await connect(api, sandbox, "jira");
  const salesforce = await connect(api, sandbox, "salesforce");
  const flows: FlowHandle[] = [];
  for (let index = 0; index < CONNECTIONS; index++) {
    const slack = await connect(api, sandbox, "slack");
    for (const channel of CHANNELS)
      flows.push(
        await publishFlow(api, `ask ${index} ${channel}`, {
          nodes: [
            ["ask", "approval", askIn(slack, channel, { expiresAfter })],
            ["yes", "action", deeds.jira(jira)],
            ["no", "action", deeds.salesforce(salesforce)],
            ["over", "end", { outcome: "no answer" }],
          ],
          edges: "start > ask, ask:approved > yes, ask:rejected > no, ask:expired > over",
        }),
      );
  }
  return flows;
}

interface Asked {
  readonly expiresAfter: Duration;
  readonly text?: string;
}

export const askIn = (connectionId: string, channel: string, { expiresAfter, text = "Shall we?" }: Asked) => ({
  connectionId,
  channel,
  title: "Call them back?",
  text,
  expiresAfter,
});

/** Maya approves and Tom rejects, one of them up to five milliseconds later. */
export async function raceOf(productUrl: string, approvalId: string, random: () => number): Promise<void> {
  const laterMs = (random() - 0.5) * 10;
  const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
  const approve = after(-laterMs).then(() => pressApprove({ productUrl, approvalId, by: managers.maya }));
  const reject = after(laterMs).then(() =>
    submitRejection({ productUrl, approvalId, by: managers.tom }, "Too expensive"),
  );
  expect(await Promise.all([approve, reject])).toEqual([200, 200]);
}

/** What each decision leads to, and nothing else. */
export async function expectEffectsOfDecisions(product: Product, decided: readonly Approval[]): Promise<void> {
  const rows = await effects(product.db);
  const wanted = { approved: ["yes"], rejected: ["no"], expired: [], pending: ["undecided"], withdrawn: [] } as const;
  const wrong = decided.flatMap(({ id, run_id, state }) => {
    const done = rows.filter(
      ({ owner_id, node_id, state: its }) => owner_id === run_id && node_id !== "ask" && its === "done",
    );
    const nodes = done.filter(({ key }) => product.sandbox.effects(key).effects === 1).map(({ node_id }) => node_id);
    return JSON.stringify(nodes) === JSON.stringify(wanted[state])
      ? []
      : [`approval ${id} is ${state} and led to ${nodes.join()}`];
  });
  expect(wrong).toEqual([]);
}

import { beforeAll, expect, it } from "vitest";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { until } from "../../workflows/testing/until.js";
import type { RunDetail, RunSummary } from "../runs/run-api.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import { draftFor, publishFlow, quiet, runUntil } from "./testing/runs.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct();

beforeAll(async () => {
  await quiet(api);
});

const rest = aNode("wait", "rest", { mode: "duration", duration: { amount: 2, unit: "days" } });

/** A flow that waits for two days, with this key; answers what delivers a response of somebody and gives its run. */
async function flowWithKey(name: string, key: object) {
  const draft = draftFor(name, [rest, aNode("end", "over")], "start > rest, rest > over");
  const nodes = draft.nodes.map((node) =>
    node.type === "trigger" ? { ...node, config: { ...node.config, key } } : node,
  );
  await publishFlow(api, name, { ...draft, nodes });
  const source = await demoSource(product);
  return async (email: string): Promise<string> => {
    const { runIds } = await deliver(product, source, aResponse({ product: name, score: 9, email }));
    expect(runIds).toHaveLength(1);
    return runIds[0] ?? "";
  };
}

const listed = async (runId: string): Promise<RunSummary | undefined> =>
  ((await api("GET", "/api/runs?limit=200")).json as { items: RunSummary[] }).items.find(({ id }) => id === runId);
const waits = ({ state }: RunDetail) => state === "waiting";
/** Cancelled is not over yet: what was in the air settles first. */
const over = (runId: string) => runUntil(api, runId, ({ finishedAt }) => finishedAt !== null);
const cancel = (runId: string) => api("POST", `/api/runs/${runId}/cancel`);

it("a run that another of the same contact goes before says which, on its page and in the list, and goes on when that one is cancelled", async () => {
  const say = await flowWithKey("one-by-one", { by: "contact", then: "queue" });
  const first = await say("queue@example.com");
  const second = await say("queue@example.com");
  const third = await say("queue@example.com");
  const stranger = await say("stranger@example.com");
  await Promise.all([first, stranger].map((id) => runUntil(api, id, waits)));
  const held = await until(
    () => listed(third),
    (run) => run?.waitsFor !== null,
  );
  expect(held).toMatchObject({ state: "queued", waitsFor: { runId: first, by: "contact", ahead: 2 } });
  expect((await runUntil(api, second, ({ waitsFor }) => waitsFor !== null)).waitsFor).toMatchObject({
    runId: first,
    ahead: 1,
  });
  expect((await listed(first))?.waitsFor).toBeNull();
  await cancel(second);
  expect(await over(second)).toMatchObject({ state: "cancelled", outcome: "cancelled", waitsFor: null });
  await cancel(first);
  expect(await runUntil(api, third, waits)).toMatchObject({ waitsFor: null });
});

it("the newest run takes the place of the older one, whose page names it", async () => {
  const say = await flowWithKey("newest", { by: "contact", then: "replace" });
  const older = await say("newest@example.com");
  await runUntil(api, older, waits);
  const newer = await say("newest@example.com");
  const replaced = await over(older);
  expect(replaced).toMatchObject({ state: "cancelled", outcome: "replaced" });
  expect(replaced.facts.find(({ kind }) => kind === "cancelled")?.data).toMatchObject({ replacedBy: newer });
  await runUntil(api, newer, waits);
});

it("a flow's expression tells runs apart; what comes while one is open is skipped and names it", async () => {
  const say = await flowWithKey("skipping", { by: { expression: "feedback.source" }, then: "skip" });
  const first = await say("a@example.com");
  await runUntil(api, first, waits);
  const skipped = await over(await say("b@example.com"));
  expect(skipped).toMatchObject({ state: "finished", outcome: "skipped" });
  expect(skipped.facts.find(({ kind }) => kind === "passedOver")?.data).toEqual({ runId: first });
});

it("a key that reads a secret is refused where the flow is published", async () => {
  const refused = flowWithKey("secretive", {
    by: { expression: "has(contact.email) ? contact.email : ''" },
    then: "queue",
  });
  await expect(refused).rejects.toThrow("secret_in_trigger");
});

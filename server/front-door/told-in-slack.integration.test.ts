import { beforeAll, describe, expect, it } from "vitest";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { until } from "../../workflows/testing/until.js";
import { aResponse, deliver, demoSource, type SignedSource } from "./testing/clients.js";
import { connectionsOf, draftFor, finished, publishFlow, readRun, stepOf } from "./testing/runs.js";
import { cardOf, click, MAYA, openViews, rowsOf, toldTo, TOM } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct();
let source: SignedSource;
beforeAll(async () => {
  source = await demoSource(product);
  const { slack } = await connectionsOf(api);
  const asks = (approvers: readonly string[]) =>
    aNode("approval", "ask", {
      connectionId: slack,
      channel: "#cx",
      approvers,
      title: "Call?",
      text: "A customer is unhappy. {{ run.url }}",
    });
  const drawn = (name: string, approvers: readonly string[]) =>
    draftFor(
      name,
      [asks(approvers), aNode("end", "yes", { outcome: "call" }), aNode("end", "no", { outcome: "none" })],
      "start > ask, ask:approved > yes, ask:rejected > no",
    );
  await publishFlow(api, "Only Maya", drawn("Only Maya", [MAYA]));
  await publishFlow(api, "Anybody", drawn("Anybody", []));
});

async function ask(flow: "Only Maya" | "Anybody") {
  const { runIds } = await deliver(product, source, aResponse({ product: flow, score: 9 }));
  const runs = await Promise.all(runIds.map((id) => readRun(api, id)));
  const { id } = runs.find(({ flowName }) => flowName === flow)!;
  return { id, card: await cardOf(product, id) };
}
const told = (user: string, words: string) =>
  until(
    () => toldTo(product, user),
    (texts) => texts.includes(words),
  );

const submit = async (viewId: string, user: string) =>
  (await product.sandbox.act("submit", { viewId, values: { reason: "Too early" }, user })).body;
const shown = (viewId: string) =>
  JSON.stringify(rowsOf<{ id: string; view: object }>(product, "slack", "views").find(({ id }) => id === viewId)?.view);

describe.each(["socket mode", "HTTP"])("over %s", (road) => {
  beforeAll(async () => {
    if (road === "HTTP") await product.services.slack.close();
    const { id, card } = await ask("Anybody");
    await until(
      () => click(product, card, "approve", MAYA),
      ({ ok }) => ok,
    );
    await finished(api, id);
    const [last] = rowsOf<{ transport: string }>(product, "slack", "interactions").slice(-1);
    expect(last?.transport).toBe(road === "HTTP" ? "http" : "socket");
  });

  it("somebody who may not decide is told at once, whichever button, and is asked for no reason", async () => {
    const { id, card } = await ask("Only Maya");
    for (const choice of ["reject", "approve"] as const) {
      const before = toldTo(product, TOM).length;
      expect(await click(product, card, choice, TOM)).toMatchObject({ ok: true });
      expect(openViews(product)).toEqual([]);
      expect(
        await until(
          () => toldTo(product, TOM).slice(before),
          ({ length }) => length > 0,
        ),
      ).toEqual(["You are not among those who may decide this."]);
    }
    await click(product, card, "approve", MAYA);
    expect(stepOf(await finished(api, id), "ask")).toMatchObject({ output: "approved" });
  });

  it("a rejection that comes second is answered in its form with who decided", async () => {
    const { id, card } = await ask("Anybody");
    await click(product, card, "reject", MAYA);
    await click(product, card, "reject", TOM);
    const [first, second] = openViews(product);
    expect(await submit(first!.id, MAYA)).toMatchObject({ ok: true, closed: true });
    expect(await submit(second!.id, TOM)).toMatchObject({ ok: true, viewId: second!.id });
    expect(shown(second!.id)).toContain("Too late: Maya Lindqvist already rejected this.");
    expect(stepOf(await finished(api, id), "ask")).toMatchObject({ output: "rejected" });
    await product.sandbox.act("dismiss", { viewId: second!.id });
  });

  it("a click on Reject after the decision is told who decided, without a form", async () => {
    const { id, card } = await ask("Anybody");
    // The card cannot be updated yet, so its buttons are still there for a second person.
    const fault = { kind: "status", code: 500 } as const;
    product.sandbox.faults.add({ system: "slack", match: { slackMethod: "chat.update" }, fault, times: null });
    await click(product, card, "approve", MAYA);
    await click(product, card, "reject", TOM);
    product.sandbox.faults.clear();
    expect(openViews(product)).toEqual([]);
    await told(TOM, "Too late: Maya Lindqvist already approved this.");
    await finished(api, id);
  });
});

import { afterAll, describe, expect, it } from "vitest";
import { httpLoopback } from "../../integrations/testing/loopback.js";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import { draftFor, finished, publishFlow, readRun, runUntil, stepOf } from "./testing/runs.js";
import { useProduct } from "./testing/use-product.js";

/** Takes every request and breaks the connection instead of answering the first one to each path. */
const { received, url, host, close } = await httpLoopback(({ path }, response) => {
  const isFirst = heard(path).length === 1;
  if (isFirst) response.destroy();
  else response.end("taken");
});
const heard = (path: string) => received.filter((request) => request.path === path);

afterAll(close);

const { product, api } = useProduct({ allowPrivate: [host] });

async function start(name: string, input: object): Promise<string> {
  const config = {
    action: "http.request@1",
    connectionId: null,
    input: { url: `${url}/${name}`, body: "{}", ...input },
  };
  await publishFlow(api, name, draftFor(name, [aNode("action", "tell", config)], "start > tell"));
  const { runIds } = await deliver(product, await demoSource(product), aResponse({ product: name, score: 9 }));
  const runs = await Promise.all(runIds.map((id) => readRun(api, id)));
  return runs.find(({ flowName }) => flowName === name)!.id;
}

describe("a request of which nobody knows whether it arrived", () => {
  it("is sent again with the same key where the receiver honours it", async () => {
    const run = await finished(api, await start("honoured", { idempotencyHonoured: true }));
    expect(stepOf(run, "tell")).toMatchObject({ state: "done", output: "next" });
    const keys = heard("/honoured").map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toEqual([run.effects[0]?.key, run.effects[0]?.key]);
  });

  it("is in doubt and waits for a person where it does not", async () => {
    const runId = await start("not-honoured", { idempotencyHonoured: false });
    const run = await runUntil(api, runId, ({ state }) => state === "stuck");
    expect(stepOf(run, "tell").stuck).toMatchObject({ inDoubt: true });
    expect(run.effects).toMatchObject([{ state: "ambiguous" }]);
    expect(heard("/not-honoured")).toHaveLength(1);
  });
});

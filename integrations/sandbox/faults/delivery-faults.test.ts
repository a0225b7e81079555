import { describe, expect, test } from "vitest";
import { approvalBlocks, connect, CX } from "../slack/testing/clients.js";
import { startReceiver, startTestSandbox } from "../testing/sandbox-under-test.js";
import type { FaultRuleInput } from "./rule.js";

type FaultInput = FaultRuleInput["fault"];

describe("faults of what is sent to us", () => {
  const clickUnder = async (fault: FaultInput) => {
    const product = await startReceiver();
    const sandbox = await startTestSandbox({ deliverTo: product.url });
    const { ts = "" } = await connect(sandbox).web.chat.postMessage({ channel: CX, text: "?", blocks: approvalBlocks });
    sandbox.faults.add({ system: "slack", fault });
    const click = (actionId: string) => sandbox.act("click", { channel: CX, ts, actionId });
    return { product, sandbox, click };
  };
  const actionIds = (bodies: readonly { body: string }[]): unknown[] =>
    bodies.map(({ body }) => {
      const payload = JSON.parse(new URLSearchParams(body).get("payload") ?? "{}") as {
        actions: { action_id: string }[];
      };
      return payload.actions[0]?.action_id;
    });

  test("dup_delivery sends extra copies", async () => {
    const { product, click } = await clickUnder({ kind: "dup_delivery", n: 3 });
    await click("approve");
    expect(product.received).toHaveLength(4);
    expect(new Set(product.received.map(({ body }) => body)).size).toBe(1);
  });

  test("delay_delivery waits", async () => {
    const { product, sandbox, click } = await clickUnder({ kind: "delay_delivery", ms: 9000 });
    const clicking = click("approve");
    await expect.poll(() => sandbox.faults.list()).toMatchObject([{ struck: 1 }]);
    expect(product.received).toEqual([]);
    await sandbox.advance(9000);
    await clicking;
    expect(product.received).toHaveLength(1);
  });

  test("reorder lets the next delivery overtake", async () => {
    const { product, sandbox, click } = await clickUnder({ kind: "reorder" });
    const first = click("approve");
    await expect.poll(() => sandbox.faults.list()).toMatchObject([{ struck: 1 }]);
    await click("reject");
    await first;
    expect(actionIds(product.received)).toEqual(["reject", "approve"]);
  });

  test("bad_signature breaks the signature and nothing else", async () => {
    const { product, click } = await clickUnder({ kind: "bad_signature" });
    await click("approve");
    await click("approve");
    const [bad, good] = product.received;
    expect(bad!.headers["x-slack-signature"]).toMatch(/^v0=[0-9a-f]{64}$/);
    expect(bad!.headers["x-slack-request-timestamp"]).toMatch(/^\d{10}$/);
    expect(bad!.headers["x-slack-signature"]).not.toBe(good!.headers["x-slack-signature"]);
  });

  test("clock_skew signs with another time", async () => {
    const { product, click } = await clickUnder({ kind: "clock_skew", ms: 600_000 });
    await click("approve");
    const skew = Number(product.received[0]!.headers["x-slack-request-timestamp"]) - Date.now() / 1000;
    expect(Math.round(skew / 60)).toBe(10);
  });
});

import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { aNode, ways } from "../../workflows/flow/testing/a-flow.js";
import type { Start } from "../../workflows/flow/start.js";
import { until } from "../../workflows/testing/until.js";
import { finished, publishFlow } from "../front-door/testing/runs.js";
import { useProduct } from "../front-door/testing/use-product.js";
import type { RunSummary } from "../runs/run-api.js";
import { nextTimes } from "../../editor/starts/next-times.js";
import type { Try } from "../tries/try-api.js";
import { keepSchedules } from "./keep-schedules.js";
import { createStoreScheduled } from "./store-scheduled.js";

const { product, api } = useProduct();

const MINUTE = 60_000;
const prefix = () => `start_${product.runtime.installation.installationId}_`;
const schedulesOf = async (flowId: string): Promise<readonly string[]> =>
  product.runtime.temporal.schedules.list(`${prefix()}${flowId}`);
const untilThere = (flowId: string, amount: number) =>
  until(
    () => schedulesOf(flowId),
    (ids) => ids.length === amount,
    { what: `${amount} schedules` },
  );
const runsOf = async (flowId: string) =>
  ((await api("GET", `/api/runs?flowId=${flowId}`)).json as { items: RunSummary[] }).items;

/** A time that came a few minutes ago, and comes once a day. */
function justNow() {
  const at = new Date(Math.floor(Date.now() / MINUTE) * MINUTE - 2 * MINUTE);
  return { at, cron: `${at.getUTCMinutes()} ${at.getUTCHours()} * * *` };
}

const scheduled = (cron: string) => {
  const start: Start = { kind: "schedule", cron, timeZone: "UTC" };
  const tell = aNode("set", "note", { values: [{ name: "said", template: "At {{ start.at }}" }] });
  const nodes = [aNode("trigger", "start", { start }), tell, aNode("end", "end")];
  return { schemaVersion: 1 as const, retiredIds: [], nodes, edges: ways("start > note, note > end") };
};

describe("a flow with a schedule", () => {
  it("starts once at a time of it, however often that comes, and reads the time that was meant", async () => {
    const { at, cron } = justNow();
    const flowId = await publishFlow(api, "Scheduled", scheduled(cron));
    const [id = ""] = await untilThere(flowId, 1);
    const handle = product.runtime.temporal.client.schedule.getHandle(id);
    const window = { start: new Date(at.getTime() - 1_000), end: new Date(at.getTime() + 1_000) };
    await handle.backfill({ ...window, overlap: "ALLOW_ALL" });
    const [run] = await until(
      () => runsOf(flowId),
      (runs) => runs.length > 0,
      { what: "its run" },
    );
    const detail = await finished(api, run?.id ?? "");
    expect(detail).toMatchObject({ state: "finished", event: { start: { at: at.toISOString(), by: null } } });
    expect(detail.start).toEqual({ kind: "schedule", at: at.toISOString(), by: null });
    expect(detail.steps.find(({ nodeId }) => nodeId === "note")?.values).toEqual({ said: `At ${at.toISOString()}` });
    const event = { kind: "startNow" };
    const tried = (await api("POST", `/api/flows/${flowId}/try`, { event })).json as Try;
    expect(tried).toMatchObject({ whyNot: null, state: "finished", path: ["start", "note", "end"] });
    expect(tried.steps.find(({ nodeId }) => nodeId === "note")?.values).toEqual({ said: `At ${tried.at}` });
    expect(await storing()(flowId, at.toISOString())).toBe("started_before");
    expect(await runsOf(flowId)).toHaveLength(1);
  });

  it("that is paused, changed, deleted or lost by Temporal is what the database says", async () => {
    const flowId = await publishFlow(api, "Kept", scheduled("0 9 * * 1"));
    const [first = ""] = await untilThere(flowId, 1);
    const { info } = await product.runtime.temporal.client.schedule.getHandle(first).describe();
    expect(info.nextActionTimes).toEqual(expect.arrayContaining([...nextTimes("0 9 * * 1", "UTC", new Date(), 1)]));
    await api("POST", `/api/flows/${flowId}/pause`);
    await untilThere(flowId, 0);
    expect(await storing()(flowId, new Date().toISOString())).toBe("not_live");
    await api("POST", `/api/flows/${flowId}/resume`);
    expect(await untilThere(flowId, 1)).toEqual([first]);

    await api("PUT", `/api/flows/${flowId}/draft`, { draft: scheduled("0 10 * * 1"), revision: 0 });
    await api("POST", `/api/flows/${flowId}/publish`, { revision: 1 });
    const changed = await until(
      () => schedulesOf(flowId),
      (ids) => ids.length === 1 && ids[0] !== first,
      {
        what: "the schedule of the new line",
      },
    );

    const { db, temporal, installation } = product.runtime;
    await temporal.schedules.remove(changed[0] ?? "");
    await untilThere(flowId, 0);
    await keepSchedules({ db, schedules: temporal.schedules, installationId: installation.installationId });
    expect(await untilThere(flowId, 1)).toEqual(changed);

    await api("DELETE", `/api/flows/${flowId}`);
    await untilThere(flowId, 0);
  });

  it("starts nothing for a time that is none of it, or is too long ago", async () => {
    const { at, cron } = justNow();
    const flowId = await publishFlow(api, "Late", scheduled(cron));
    expect(await storing()(flowId, new Date(at.getTime() - MINUTE).toISOString())).toBe("not_due");
    expect(await storing(new Date(at.getTime() + 61 * MINUTE))(flowId, at.toISOString())).toBe("too_late");
    expect(await storing()(randomUUID(), at.toISOString())).toBe("not_live");
    expect(await runsOf(flowId)).toEqual([]);
  });
});

const storing = (now = new Date()) => {
  const { db, vault, envelope } = product.runtime;
  return createStoreScheduled({ db, vault, envelope, now: () => now, onRunsQueued: () => undefined });
};

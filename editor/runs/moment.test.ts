import { describe, expect, it } from "vitest";
import type { RunDetail } from "../../server/runs/run-api.js";
import { runDetail } from "../e2e/fixtures/runs.js";
import { id } from "../e2e/fixtures/ids.js";
import { canGoBack, runAt } from "./moment.js";

/** A ticket that Jira refused; the other ways went on. */
const refused = runDetail(id("run", 3))!;
const seqOf = (kind: string, nodeId: string | null): number =>
  refused.facts.find((fact) => fact.kind === kind && fact.nodeId === nodeId)?.seq ?? 0;
const stepIn = (run: RunDetail, nodeId: string) => run.steps.find((step) => step.nodeId === nodeId)!;

describe("a run at an earlier moment", () => {
  it("has not come to what came later", () => {
    const begun = runAt(refused, 1);
    expect(begun.state).toBe("running");
    expect(stepIn(begun, "feedback").state).toBe("done");
    expect(stepIn(begun, "ticket")).toMatchObject({ state: "pending", attempts: 0, startedAt: null, stuck: null });
    expect(begun.effects).toEqual([]);
  });

  it("shows a write that was planned and not answered yet as under way, without what came of it", () => {
    const planned = runAt(refused, seqOf("planned", "ticket"));
    const effect = planned.effects.find(({ nodeId }) => nodeId === "ticket");
    expect(effect).toMatchObject({ state: "sending", message: null, code: null });
    expect(stepIn(planned, "ticket").state).toBe("running");
    expect(stepIn(planned, "tellSupport").values).toBeNull();
  });

  it("shows what was refused as it stood then, with its reason", () => {
    const settled = runAt(refused, seqOf("settled", "ticket"));
    expect(settled.state).toBe("stuck");
    expect(stepIn(settled, "ticket")).toMatchObject({ state: "stuck", stuck: { inDoubt: false } });
    expect(stepIn(settled, "ticket").stuck?.message).toMatch(/Component/);
    expect(stepIn(settled, "tellSupport")).toMatchObject({ state: "done", values: { channel: "C0SUPPORT" } });
  });

  it("tells no more than the run tells now: neither what it is held by nor whom it waits for", () => {
    const held = {
      ...refused,
      heldBy: [{ nodeId: "note", connectionId: id("connection", 1), name: "x", state: "paused" as const }],
    };
    expect(runAt(held, 2).heldBy).toEqual([]);
  });
});

describe("going back", () => {
  it("is offered where the facts can be folded, and there is more than one", () => {
    expect(canGoBack(refused)).toBe(true);
    expect(canGoBack({ ...refused, facts: refused.facts.slice(0, 1) })).toBe(false);
  });

  it("is not offered where the facts are kept from the reader, or of a later release", () => {
    expect(canGoBack({ ...refused, facts: [] })).toBe(false);
    const later = { seq: 99, at: refused.startedAt, kind: "teleported", nodeId: null, data: {}, by: null };
    expect(canGoBack({ ...refused, facts: [...refused.facts, later] })).toBe(false);
  });

  it("goes by where another run came first that is not shown", () => {
    const [started] = refused.facts;
    const passed = { ...started!, seq: 2, kind: "passedOver", data: {} };
    expect(runAt({ ...refused, facts: [started!, passed] }, 2).steps.map(({ state }) => state)).toContain("dead");
  });
});

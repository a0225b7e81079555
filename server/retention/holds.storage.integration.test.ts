import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { outlook } from "./outlook.js";
import type { Limits } from "./retention-api.js";
import {
  cellsLeft,
  contactOf,
  count,
  endRuns,
  FOR_EVER,
  keep,
  later,
  own,
  say,
  sweep,
  useAging,
} from "./testing/aging.js";

useAging();

describe("a hold", () => {
  const about = {
    contact: async () => ({ kind: "contact" as const, id: await contactOf() }),
    source: () => ({ kind: "source" as const, id: own.sourceId }),
    workspace: () => ({ kind: "workspace" as const }),
  };

  it.each(["contact", "source", "workspace"] as const)(
    "on the %s stops time, and time goes on once it is lifted; both are told",
    async (kind) => {
      await keep({ contentDays: 1, responseDays: 2 });
      await say({});
      await endRuns();
      const hold = await own.holds.place(own.actor, { about: await about[kind](), reason: "A claim is pending" });
      expect(hold).toMatchObject({ reason: "A claim is pending", liftedAt: null, about: { kind } });
      await later(9);
      await sweep();
      expect(await cellsLeft()).toMatchObject({ raw: 1, comment: 1, respondent: 1 });
      await own.holds.lift(own.actor, hold.id);
      await sweep();
      expect(await count("response")).toBe(0);
      const { rows } = await sql<{ action: string }>`
        select action from audit_event where target_kind = ${kind} and target_id = ${hold.about.id} and action like 'hold.%'
        order by id`.execute(own.db);
      expect(rows.map(({ action }) => action)).toEqual(["hold.placed", "hold.lifted"]);
    },
  );

  it("stands once, is lifted once, and is placed on what is there only", async () => {
    const asked = { about: { kind: "source" as const, id: own.sourceId }, reason: "A claim" };
    const { id } = await own.holds.place(own.actor, asked);
    await expect(own.holds.place(own.actor, asked)).rejects.toMatchObject({ code: "already_held" });
    await own.holds.lift(own.actor, id);
    await expect(own.holds.lift(own.actor, id)).rejects.toMatchObject({ code: "already_lifted" });
    const stranger = { ...own.actor, workspaceId: own.workspaces.elsewhere };
    await expect(own.holds.place(stranger, asked)).rejects.toMatchObject({ status: 404 });
    await expect(own.holds.lift(stranger, id)).rejects.toMatchObject({ status: 404 });
    await expect(
      own.holds.place(own.actor, { ...asked, about: { kind: "contact", id: randomUUID() } }),
    ).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe("the outlook", () => {
  const ours = async (limits: Limits) =>
    (
      await outlook(own.db, own.workspaces.here, {
        general: FOR_EVER,
        sources: [{ sourceId: own.sourceId, ...limits }],
      })
    ).sources.find(({ sourceId: id }) => id === own.sourceId);

  it("counts what would go, and changes nothing", async () => {
    await keep({});
    await say({});
    await say({});
    await endRuns();
    await say({});
    await later(3);
    expect(await ours({ contentDays: 2, responseDays: 5 })).toMatchObject({ contents: 2, responses: 0, held: false });
    expect(await ours({ contentDays: null, responseDays: 2 })).toMatchObject({ contents: 2, responses: 2 });
    expect(await ours({ contentDays: 9, responseDays: null })).toMatchObject({ contents: 0, responses: 0 });
    await own.holds.place(own.actor, { about: { kind: "contact", id: await contactOf() }, reason: "A claim" });
    expect(await ours({ contentDays: 2, responseDays: null })).toMatchObject({ contents: 1 });
    const { id } = await own.holds.place(own.actor, { about: { kind: "source", id: own.sourceId }, reason: "A claim" });
    expect(await ours({ contentDays: 2, responseDays: null })).toMatchObject({ contents: 0, held: true });
    await own.holds.lift(own.actor, id);
    await sweep();
    expect(await cellsLeft()).toMatchObject({ raw: 3, comment: 3 });
  });
});

import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { ACTIVE_FOR, GONE_AFTER, HELD_FOR } from "../presence/pen.js";
import { presenceSchema, type Presence } from "../presence/presence-api.js";
import { setDatabaseClock } from "../testing/database-clock.js";
import type { Client } from "../testing/http.js";
import { draftFor } from "./testing/runs.js";
import { aMember, makeTeam, type SomeMember } from "./testing/teams.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ worker: false });
let maya: SomeMember;
let jonas: SomeMember;
let flowId: string;

beforeAll(async () => {
  [maya, jonas] = [await aMember(product, api, "builder"), await aMember(product, api, "builder")];
});
const draft = draftFor("Presence", [], "");
const aFlow = async () =>
  z.object({ id: z.string() }).parse((await api("POST", "/api/flows", { name: "Ours", draft })).json).id;
beforeEach(async () => {
  await setDatabaseClock(product.database.db, 0);
  flowId = await aFlow();
});

/** One page of somebody, with this flow open. */
function aPage({ as }: { readonly as: Client }) {
  const tabId = randomUUID();
  const path = `/api/flows/${flowId}/presence/${tabId}`;
  return {
    look: async (): Promise<Presence> => presenceSchema.parse((await as("PUT", path)).json),
    take: (evenIfActive = false) => as("POST", `${path}/take`, { evenIfActive }),
    save: (revision: number) => as("PUT", `/api/flows/${flowId}/draft`, { draft, revision, tabId }),
    close: () => as("DELETE", path),
  };
}
const later = (seconds: number) => setDatabaseClock(product.database.db, seconds * 1_000);
const held = { status: 409, json: { code: "pen_held" } };
const entries = async (): Promise<unknown[]> => {
  const { rows } = await sql`
    select actor_id, data from audit_event where action = 'flow.taken_over' and target_id = ${flowId}`.execute(
    product.database.db,
  );
  return rows;
};

describe("who has a flow open", () => {
  it("sees the others, each once and by name, and not themselves", async () => {
    const [one, other] = [aPage(maya), aPage(maya)];
    expect(await one.look()).toEqual({ draftRevision: 0, others: [], pen: null });
    await other.look();
    const seen = await aPage(jonas).look();
    expect(seen.others).toEqual([{ memberId: maya.id, name: "A builder", isEditing: false }]);
  });

  it("is gone when their page is closed, or is not heard of any more, and no row is left of them", async () => {
    const [page, closed, looker] = [aPage(maya), aPage(maya), aPage(jonas)];
    await page.look();
    await closed.look();
    await closed.close();
    expect((await looker.look()).others).toHaveLength(1);
    await later(GONE_AFTER + 1);
    expect((await looker.look()).others).toEqual([]);
    const { rows } = await sql`select member_id from flow_presence where flow_id = ${flowId}`.execute(
      product.database.db,
    );
    expect(rows).toEqual([{ member_id: jonas.id }]);
  });

  it("is told to nobody who may not see the flow; nobody speaks for another's page", async () => {
    const narrow = await aMember(product, api, "builder");
    await makeTeam(api, { name: `Apart ${flowId}`, flowIds: [await aFlow()], memberIds: [narrow.id] });
    const tabId = randomUUID();
    for (const [method, end] of [
      ["PUT", ""],
      ["DELETE", ""],
      ["POST", "/take"],
    ] as const)
      expect((await narrow.as(method, `/api/flows/${flowId}/presence/${tabId}${end}`, {})).status).toBe(404);
    const path = `/api/flows/${flowId}/presence/${tabId}`;
    expect((await maya.as("PUT", path)).status).toBe(200);
    expect((await jonas.as("PUT", path)).status).toBe(404);
    await jonas.as("DELETE", path);
    expect((await aPage(jonas).look()).others).toHaveLength(1);
    expect(await api("PUT", path)).toMatchObject({ status: 403, json: { code: "sessions_only" } });
  });

  it("looks on where they may not edit", async () => {
    const viewer = aPage(await aMember(product, api, "viewer"));
    await aPage(maya).save(0);
    expect((await viewer.look()).pen).toMatchObject({ holder: "other", name: "A builder" });
    expect((await viewer.take(true)).status).toBe(403);
  });
});

describe("the pen", () => {
  it("is with who saves first; whoever else saves is told who holds it, and overwrites nothing", async () => {
    const [page, second] = [aPage(maya), aPage(jonas)];
    expect((await page.save(0)).status).toBe(200);
    expect((await page.look()).pen).toMatchObject({ holder: "this-tab", isActive: true });
    expect(await second.look()).toMatchObject({
      draftRevision: 1,
      others: [{ isEditing: true }],
      pen: { holder: "other", name: "A builder", isActive: true },
    });
    const refused = await second.save(1);
    expect(refused).toMatchObject({
      ...held,
      json: { holder: { memberId: maya.id, name: "A builder" }, isActive: true },
    });
    expect(refused.text).toContain("A builder is editing this flow. Take over");
    expect((await page.save(1)).json).toMatchObject({ revision: 2 });
  });

  it("is one page's: another tab of the same member looks on, too", async () => {
    const [page, tab] = [aPage(maya), aPage(maya)];
    await page.save(0);
    expect((await tab.look()).pen?.holder).toBe("other-tab");
    expect(await tab.save(1)).toMatchObject(held);
    expect((await tab.take(true)).json).toMatchObject({ pen: { holder: "this-tab" } });
    expect(await page.save(1)).toMatchObject(held);
    expect(await entries()).toEqual([]);
  });

  it("is no matter of programs: theirs goes by the revision; a member without a page is asked as one with", async () => {
    await aPage(maya).save(0);
    const save = (as: Client, revision: number) => as("PUT", `/api/flows/${flowId}/draft`, { draft, revision });
    expect(await save(jonas.as, 1)).toMatchObject(held);
    expect(await save(api, 0)).toMatchObject({ status: 409, json: { code: "draft_conflict" } });
    expect((await save(api, 1)).status).toBe(200);
  });

  it("is taken over from who is at work by a second word only, which the audit tells", async () => {
    const [page, second] = [aPage(maya), aPage(jonas)];
    await page.save(0);
    expect(await second.take()).toMatchObject(held);
    expect((await second.take(true)).json).toMatchObject({ draftRevision: 1, pen: { holder: "this-tab" } });
    expect(await page.save(1)).toMatchObject(held);
    expect(await page.look()).toMatchObject({ pen: { holder: "other" } });
    expect(await entries()).toEqual([{ actor_id: jonas.id, data: { from: maya.id } }]);
    expect((await page.take(true)).status).toBe(200);
    expect((await page.save(1)).status).toBe(200);
  });

  it("is taken over at once from who rests, and is free after a while or when its page is closed", async () => {
    const [page, second] = [aPage(maya), aPage(jonas)];
    await page.save(0);
    await later(ACTIVE_FOR + 1);
    await page.look();
    expect((await second.look()).pen).toMatchObject({ isActive: false });
    expect((await second.take()).status).toBe(200);
    await later(ACTIVE_FOR + HELD_FOR + 2);
    await second.look();
    expect((await page.look()).pen).toBeNull();
    expect((await page.save(1)).status).toBe(200);
    await page.close();
    expect((await second.look()).pen).toBeNull();
    expect((await second.save(2)).status).toBe(200);
  });

  it("of many who take it at once, is with one", async () => {
    const pages = Array.from({ length: 8 }, (_, n) => aPage(n % 2 === 0 ? maya : jonas));
    await Promise.all(pages.map((page) => page.look()));
    const taken = await Promise.all(pages.map((page) => page.take()));
    expect(taken.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
    const seen = await Promise.all(pages.map((page) => page.look()));
    expect(seen.filter(({ pen }) => pen?.holder === "this-tab")).toHaveLength(1);
  });
});

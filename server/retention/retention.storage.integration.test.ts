import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { holdDelivery } from "../ingest/quarantine-store.js";
import { setDatabaseClock } from "../testing/database-clock.js";
import {
  cellsLeft,
  contactOf,
  count,
  DAY_MS,
  endRuns,
  keep,
  later,
  NOTHING,
  own,
  say,
  sweep,
  useAging,
  vault,
  writeMuch,
} from "./testing/aging.js";

useAging();

describe("content", () => {
  it("is kept for ever where nothing was set", async () => {
    await keep({});
    await say({});
    await endRuns();
    await later(36_000);
    await sweep();
    expect(await cellsLeft()).toMatchObject({ raw: 1, comment: 1, respondent: 1 });
  });

  it("goes once it is over age: the words, the body, and what runs wrote; score, time and what was done stay", async () => {
    await keep({ contentDays: 30 });
    const { accepted, again } = await say({ comment: "Write to jane@else.example" });
    await writeMuch(accepted.runIds[0]!);
    await sql`
      insert into search_copy (revision_id, workspace_id, words)
      select id, workspace_id, 'Write to' from revision where source_id = ${own.sourceId}`.execute(own.db);
    await endRuns();
    await later(29);
    await sweep();
    expect(await cellsLeft()).toMatchObject({ raw: 1, comment: 1, facts: 1, mentions: 1 });
    await later(31);
    await sweep();
    expect(await cellsLeft()).toEqual(NOTHING);
    expect(await count("search_copy", sql`true`)).toBe(0);
    const { rows } = await sql`
      select score, received_at is not null as told, content_gone_at is not null as gone from revision
      where source_id = ${own.sourceId}`.execute(own.db);
    expect(rows).toEqual([{ score: 3, told: true, gone: true }]);
    expect(await count("effect", sql`owner_id = ${accepted.runIds[0]} and external_id = 'SUP-1'`)).toBe(1);
    // The same content again is known still, and brings nothing back.
    expect(await again()).toMatchObject([{ duplicate: true, runIds: accepted.runIds }]);
    expect(await cellsLeft()).toEqual(NOTHING);
  });

  it("of a response with an open run loses its body, and the rest once that run ended", async () => {
    await keep({ contentDays: 1 });
    await say({});
    await later(2);
    await sweep();
    expect(await cellsLeft()).toMatchObject({ raw: 0, comment: 1, respondent: 1 });
    await endRuns();
    await sweep();
    expect(await cellsLeft()).toEqual(NOTHING);
  });

  it("that was said later stays, and so does what runs wrote about it", async () => {
    await keep({ contentDays: 10 });
    const first = await say({ responseId: "twice", comment: "Old" });
    await writeMuch(first.accepted.runIds[0]!);
    await endRuns();
    await later(8);
    await say({ responseId: "twice", comment: "New", email: first.event.feedback.respondent.email });
    await later(11);
    await sweep();
    expect(await cellsLeft()).toMatchObject({ raw: 1, comment: 1, facts: 1 });
    await later(19);
    await sweep();
    expect(await cellsLeft()).toEqual(NOTHING);
  });

  it("that is gone goes on counting: what is said next has the next number", async () => {
    await keep({ contentDays: 10 });
    const first = await say({ responseId: "again", comment: "Old" });
    await endRuns();
    await later(11);
    await sweep();
    expect(await cellsLeft()).toEqual(NOTHING);
    await say({ responseId: "again", comment: "New", email: first.event.feedback.respondent.email });
    expect(await count("revision", sql`ordinal = 1 and comment is not null`)).toBe(1);
  });

  it("of a delivery that could not be read is all there is of it: it goes whole, with its key", async () => {
    await keep({ contentDays: 5 });
    const held = { rawBody: Buffer.from(own.sourceId), reason: "There is no score.", field: null, domain: null };
    await transact(own.db, (tx) =>
      holdDelivery(tx, vault, { id: own.sourceId, workspaceId: own.workspaces.here }, held),
    );
    const keys = await count("subject_key", sql`true`);
    await later(6);
    await sweep();
    expect(await count("quarantine")).toBe(0);
    expect(await count("subject_key", sql`true`)).toBe(keys - 1);
  });

  it("of more responses than one page holds goes, also past those that have to wait", async () => {
    await keep({ contentDays: 1 });
    const responseIds = Array.from({ length: 230 }, (_, index) => `r${index}`);
    for (const responseId of responseIds.slice(0, 205)) await say({ responseId, email: null });
    const open = await count("run", sql`finished_at is null`);
    expect(open).toBe(205);
    for (const responseId of responseIds.slice(205)) {
      const { accepted } = await say({ responseId, email: null });
      await sql`update run set finished_at = now() where id = ${accepted.runIds[0]}`.execute(own.db);
    }
    await later(2);
    await sweep();
    expect(await cellsLeft()).toMatchObject({ raw: 0, comment: 205 });
    await endRuns();
    await sweep();
    expect(await cellsLeft()).toEqual(NOTHING);
  });
});

describe("a source", () => {
  it("of its own limits goes by them, also where those are for ever", async () => {
    await keep({ contentDays: 1 }, [{ sourceId: own.sourceId, contentDays: null, responseDays: null }]);
    await say({});
    await endRuns();
    await later(9);
    await sweep();
    expect(await cellsLeft()).toMatchObject({ comment: 1 });
    await keep({}, [{ sourceId: own.sourceId, contentDays: 3, responseDays: null }]);
    await sweep();
    expect(await cellsLeft()).toEqual(NOTHING);
  });
});

describe("a whole response", () => {
  it("goes with its runs, then its author, and a source that delivers it again does not bring it back", async () => {
    await keep({ contentDays: 10, responseDays: 20 });
    const { accepted, again } = await say({});
    await writeMuch(accepted.runIds[0]!);
    await endRuns();
    const contact = await contactOf();
    const { rows } = await sql<{ subject_id: string }>`select subject_id from contact where id = ${contact}`.execute(
      own.db,
    );
    await later(21);
    await sweep();
    for (const table of ["response", "revision"]) expect(await count(table)).toBe(0);
    expect(await count("run", sql`id = ${accepted.runIds[0]}`)).toBe(0);
    expect(await count("effect", sql`owner_id = ${accepted.runIds[0]}`)).toBe(0);
    expect(await count("contact_identity", sql`contact_id = ${contact}`)).toBe(0);
    await setDatabaseClock(own.db, 21 * DAY_MS + 600_000);
    await sweep();
    expect(await count("contact", sql`id = ${contact}`)).toBe(0);
    expect(await count("subject_key", sql`subject_id = ${rows[0]!.subject_id}`)).toBe(0);
    expect(await again()).toEqual([{ eventId: null, runIds: [], duplicate: true }]);
    expect(await count("response")).toBe(0);
  });

  it("leaves its author where they said something since, or what they allow must be remembered", async () => {
    await keep({ responseDays: 20 });
    const { event } = await say({});
    const contact = await contactOf();
    await sql`update contact set objections = '{marketing}' where id = ${contact}`.execute(own.db);
    await endRuns();
    await later(21);
    await sweep();
    await setDatabaseClock(own.db, 22 * DAY_MS);
    await sweep();
    expect(await count("response")).toBe(0);
    expect(await count("contact", sql`id = ${contact}`)).toBe(1);
    await say({ email: event.feedback.respondent.email });
    expect(await contactOf()).toBe(contact);
  });

  it("of which something was said since, and one with an open run, stay", async () => {
    await keep({ responseDays: 20 });
    await say({ responseId: "open" });
    const { event } = await say({ responseId: "said-since", comment: "Old" });
    await sql`update run set finished_at = now() where response_id = (
      select id from response where source_id = ${own.sourceId} and external_id = 'said-since')`.execute(own.db);
    await later(15);
    await say({ responseId: "said-since", comment: "New", email: event.feedback.respondent.email });
    await later(21);
    await sweep();
    expect(await count("response")).toBe(2);
  });
});

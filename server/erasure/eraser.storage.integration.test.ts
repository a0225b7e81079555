import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { ConnectorError } from "../../integrations/outcome.js";
import { aFlow, aNode } from "../../workflows/flow/testing/a-flow.js";
import { compileTriggers } from "../../workflows/flow/triggers.js";
import { transact } from "../../workflows/ledger/transact.js";
import { lockWaits } from "../../workflows/testing/lock-waits.js";
import { until } from "../../workflows/testing/until.js";
import { commitBatch } from "../ingest/commit-batch.js";
import type { IncomingEvent } from "../ingest/event.js";
import { holdDelivery, markReplayed } from "../ingest/quarantine-store.js";
import { findPeople } from "../people/find-people.js";
import { contactOf, count, endRuns, later, own, say, useAging, vault, writeMuch } from "../retention/testing/aging.js";
import { listCopies } from "./list-copies.js";
import { ask, calledBack, eraseOn, erasureRow, outside, receiptCopies, turn, useErasing } from "./testing/erasing.js";

useAging();
useErasing();

const once = aFlow([aNode("end", "end")], "start > end");
const everyChange = {
  ...once,
  nodes: once.nodes.map((node) =>
    node.type === "trigger" ? { ...node, config: { ...node.config, on: "everyChange" as const } } : node,
  ),
};
const compiled = compileTriggers([{ flowId: randomUUID(), versionId: randomUUID(), flow: everyChange }]);
const triggers = { of: () => Promise.resolve(compiled) };
const changed = (event: IncomingEvent, feedback: Partial<IncomingEvent["feedback"]>): IncomingEvent => ({
  ...event,
  feedback: { ...event.feedback, ...feedback },
});
const store = (event: IncomingEvent, keys = vault) =>
  transact(own.db, (tx) => commitBatch(tx, { vault: keys, triggers }, [event]));

/** Said once, answered in another system, and finished. Answers how they say it in other words, which starts another run. */
async function aPerson() {
  const { event, accepted } = await say({});
  await writeMuch(accepted.runIds[0]!);
  await endRuns();
  const sayMore = async (comment = "Louder words"): Promise<string> => {
    const [more] = await store(changed(event, { comment }));
    return more!.runIds[0]!;
  };
  return { event, sayMore, revisionId: accepted.eventId!, contactId: await contactOf() };
}

/** What the other system is slow about, so that something happens meanwhile. */
function whileCalledBack(happens: () => Promise<unknown>): void {
  outside.erase = () => {
    outside.erase = () => Promise.resolve();
    return happens();
  };
}

describe("what is sent while somebody is being erased", () => {
  it("is called back as well: its run goes after its copy, and the receipt names it", async () => {
    const { contactId, sayMore } = await aPerson();
    await ask(contactId);
    whileCalledBack(async () => {
      await writeMuch(await sayMore());
      await endRuns();
    });
    await eraseOn();
    expect(calledBack).toEqual(["SUP-1", "SUP-1"]);
    expect(await receiptCopies()).toEqual(["SUP-1 deleted", "SUP-1 deleted"]);
    expect(await count("response")).toBe(0);
  });

  it("by a run that is open is waited for: nothing goes before that has ended", async () => {
    const { contactId, sayMore } = await aPerson();
    await ask(contactId);
    whileCalledBack(() => sayMore());
    await eraseOn();
    expect(await erasureRow()).toMatchObject({ settled_at: null, copies_at: null, rows_at: null });
    const left = sql`response_id in (select id from response where source_id = ${own.sourceId})`;
    expect(await count("run", sql`${left} and state = 'cancelled' and finished_at is null`)).toBe(1);
    await endRuns();
    await eraseOn();
    expect(await count("response")).toBe(0);
    expect((await erasureRow()).receipt).not.toBeNull();
  });
});

describe("a copy of which no id is known", () => {
  const inDoubt = async () => {
    const { contactId } = await aPerson();
    await sql`update effect set state = 'ambiguous', external_id = null where state = 'done'`.execute(own.db);
    await ask(contactId);
  };

  it("is looked up, and is one copy", async () => {
    await inDoubt();
    await eraseOn();
    expect(await receiptCopies()).toEqual(["SUP-1 deleted"]);
  });

  it("and which the ledger names by its id meanwhile, does not stop the erasure", async () => {
    await inDoubt();
    whileCalledBack(async () => {
      await sql`update effect set state = 'done', external_id = 'SUP-1' where state = 'ambiguous'`.execute(own.db);
      const erasure = await erasureRow();
      expect(await transact(own.db, (tx) => listCopies(tx, erasure))).toBe(1);
    });
    await eraseOn();
    await eraseOn();
    expect(await receiptCopies()).toEqual(["SUP-1 deleted", "null gone"]);
  });
});

describe("a copy in a system that is away", () => {
  const away = new ConnectorError({ outcome: "TRANSIENT", code: "http_503", message: "Come back later." });
  const isAway = async () => {
    const { contactId } = await aPerson();
    await ask(contactId);
    outside.erase = () => Promise.reject(away);
    await eraseOn();
    expect(calledBack).toEqual(["SUP-1"]);
  };

  it("is asked for again when the database's clock says so", async () => {
    await isAway();
    await eraseOn();
    expect(calledBack).toEqual(["SUP-1"]);
    outside.erase = () => Promise.resolve();
    await later(1);
    await eraseOn();
    expect(calledBack).toEqual(["SUP-1", "SUP-1"]);
    expect(await receiptCopies()).toEqual(["SUP-1 deleted"]);
  });

  it("is left to a person after a week by that clock", async () => {
    await isAway();
    await later(6);
    await eraseOn();
    expect(await receiptCopies()).toEqual([]);
    await later(8);
    await eraseOn();
    expect(await receiptCopies()).toEqual(["SUP-1 failed"]);
  });
});

it("the tombstone is written before anything is deleted: without it, nothing is", async () => {
  const { contactId } = await aPerson();
  await ask(contactId);
  outside.bury = () => Promise.reject(new Error("The disk is full."));
  await expect(eraseOn()).rejects.toThrow("The disk is full.");
  const theirs = sql`id = ${contactId}`;
  expect([await count("contact", theirs), await count("response")]).toEqual([1, 1]);
  const there: number[] = [];
  outside.bury = async () => there.push(await count("contact", theirs));
  await eraseOn();
  expect(there).toEqual([1]);
  expect([await count("contact", theirs), await count("response")]).toEqual([0, 0]);
});

it("who is being erased is not erased twice: the second request is told of the first", async () => {
  const { contactId } = await aPerson();
  const { id } = await ask(contactId);
  await expect(ask(contactId)).rejects.toMatchObject({ code: "already_asked", status: 409 });
  expect((await erasureRow()).id).toBe(id);
  expect(await count("erasure", sql`true`)).toBe(1);
});

describe("what is being stored while its author is erased", () => {
  const orphans = () =>
    count("response", sql`contact_id is not null and not exists (select from contact where id = contact_id)`);

  const said = (event: IncomingEvent) =>
    changed(event, { responseId: randomUUID(), account: { externalId: null, name: randomUUID() } });

  /** The account is made between finding the contact and storing what they said. */
  function slowKeys(happens: () => Promise<unknown>): typeof vault {
    let isDone = false;
    return {
      ...vault,
      async createSubjects(...given) {
        if (!isDone) await happens();
        isDone = true;
        return vault.createSubjects(...given);
      },
    };
  }

  /** Stored, and not committed before the work waits for it, or did not wait. */
  async function storedDuring(event: IncomingEvent, keys: typeof vault, work: () => Promise<unknown>): Promise<void> {
    const state = { isStored: false, isOver: false, commit: (): void => undefined };
    const held = new Promise<void>((resolve) => (state.commit = resolve));
    const storing = transact(own.db, async (tx) => {
      await commitBatch(tx, { vault: keys, triggers }, [said(event)]);
      state.isStored = true;
      await held;
    });
    await until(() => state.isStored, Boolean, { what: "the batch" });
    const working = work().then(() => (state.isOver = true));
    await until(async () => state.isOver || (await lockWaits(own.db)) > 0, Boolean, { what: "a wait" });
    state.commit();
    await Promise.all([storing, working]);
    await endRuns();
    await eraseOn();
    expect((await erasureRow()).rows_at).not.toBeNull();
    expect([await orphans(), await count("response")]).toEqual([0, 0]);
  }

  it("and was begun before they asked, is waited for and goes too", async () => {
    const { event, contactId } = await aPerson();
    await storedDuring(event, vault, () => ask(contactId).then(eraseOn));
  });

  it("and knew them before they asked, is waited for and goes too", async () => {
    const { event, contactId } = await aPerson();
    await storedDuring(
      event,
      slowKeys(() => ask(contactId)),
      eraseOn,
    );
  });

  it("and knew them before, is somebody new's where they are gone by then", async () => {
    const { event, contactId } = await aPerson();
    await store(
      said(event),
      slowKeys(() => ask(contactId).then(eraseOn)),
    );
    expect((await erasureRow()).done_at).not.toBeNull();
    expect([await orphans(), await count("response")]).toEqual([0, 1]);
    expect(await contactOf()).not.toBe(contactId);
  });
});

describe("a delivery that was held and replayed", () => {
  const replayed = async () => {
    const person = await aPerson();
    const source = { id: own.sourceId, workspaceId: own.workspaces.here };
    const rawBody = Buffer.from(`quarantined ${own.sourceId}`);
    const id = await transact(own.db, (tx) => holdDelivery(tx, vault, source, { rawBody, reason: "-", field: null }));
    const found = () =>
      findPeople({
        reader: own.db,
        vault,
        workspaceId: own.workspaces.here,
        words: rawBody.toString(),
        revealsEmployees: true,
      });
    expect((await found()).held).toMatchObject([{ id }]);
    await transact(own.db, (tx) => markReplayed(tx, id, person.revisionId));
    return { ...person, id, found };
  };

  it("is the revision's from then on: nothing of it stays among the held ones, nor its key", async () => {
    const { id, found } = await replayed();
    expect((await found()).held).toEqual([]);
    expect(await count("quarantine", sql`id = ${id} and raw is null and state = 'replayed'`)).toBe(1);
    const key = sql`subject_id in (select subject_id from quarantine where id = ${id})`;
    expect(await count("subject_key", key)).toBe(0);
  });

  it.each(["before they asked", "since they asked"])("%s goes with its author", async (when) => {
    const { contactId, id, revisionId } = await replayed();
    if (when === "since they asked")
      await sql`update quarantine set revision_id = null where id = ${id}`.execute(own.db);
    await ask(contactId);
    expect((await erasureRow()).quarantine_ids).toEqual(when === "since they asked" ? [] : [id]);
    await turn();
    await sql`update quarantine set revision_id = ${revisionId} where id = ${id}`.execute(own.db);
    await eraseOn();
    expect((await erasureRow()).deleted).toMatchObject({ quarantine: 1 });
    expect(await count("quarantine")).toBe(0);
  });
});

import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { outlook } from "../retention/outlook.js";
import { count, endRuns, FOR_EVER, keep, later, own, say, sweep, useAging, vault } from "../retention/testing/aging.js";
import { seeded } from "../testing/seeded.js";
import { setChoices } from "./choices.js";
import { exportPerson } from "./export-person.js";
import { findPeople } from "./find-people.js";
import { merge, unmerge } from "./merge.js";
import type { Choices } from "./people-api.js";

useAging();

const workspaceId = () => own.workspaces.here;
const pair = (keptId: string, mergedId: string) => ({ workspaceId: workspaceId(), keptId, mergedId });
const mergeThem = (keptId: string, mergedId: string) =>
  transact(own.db, (tx) => merge(tx, pair(keptId, mergedId), own.actor.id));
const unmergeThem = (keptId: string, mergedId: string) => transact(own.db, (tx) => unmerge(tx, pair(keptId, mergedId)));

interface Someone {
  readonly id: string;
  readonly email: string;
  readonly subjectId: string;
}

interface StoredResponse {
  readonly contact_id: string;
  readonly own_contact_id: string | null;
  readonly subject_id: string;
}

async function responseOf(externalId: string): Promise<StoredResponse> {
  const { rows } = await sql<StoredResponse>`
    select contact_id, own_contact_id, subject_id from response
    where source_id = ${own.sourceId} and external_id = ${externalId}`.execute(own.db);
  return rows[0]!;
}

async function somebody(): Promise<Someone> {
  const [email, responseId] = [`${randomUUID()}@x.example`, randomUUID()];
  await say({ email, responseId });
  const { contact_id, subject_id } = await responseOf(responseId);
  return { id: contact_id, email, subjectId: subject_id };
}

async function says({ email }: Someone, comment = "Loud words"): Promise<string> {
  const responseId = randomUUID();
  await say({ email, responseId, comment });
  return responseId;
}

const find = (words: string) =>
  findPeople({ reader: own.db, vault, workspaceId: workspaceId(), words, revealsEmployees: true });

it("what is being stored while two are merged is theirs as well", async () => {
  for (let round = 0; round < 5; round++) {
    const [kept, merged] = [await somebody(), await somebody()];
    const [, ...said] = await Promise.all([
      mergeThem(kept.id, merged.id),
      ...[merged, merged, merged].map((who) => says(who)),
    ]);
    for (const responseId of said)
      expect(await responseOf(responseId)).toMatchObject({ contact_id: kept.id, own_contact_id: merged.id });
  }
});

describe("two contacts that are one person", () => {
  it("are found, told and taken along as one, by what either is known by", async () => {
    const [kept, merged] = [await somebody(), await somebody()];
    await mergeThem(kept.id, merged.id);
    for (const { email } of [kept, merged])
      expect((await find(email)).contacts).toMatchObject([
        { id: kept.id, responses: 2, merged: [{ id: merged.id, intoId: kept.id, email: merged.email, responses: 1 }] },
      ]);
    await says(merged, "Said after");
    const exported = await exportPerson(own.db, vault, { workspaceId: workspaceId(), contactId: merged.id });
    expect(exported.mergedContacts).toMatchObject([{ email: merged.email }]);
    expect(exported.responses).toHaveLength(3);
    expect(JSON.stringify(exported.responses)).toContain("Said after");
  });

  it("keep their own keys: what is said is sealed for who said it", async () => {
    const [kept, merged] = [await somebody(), await somebody()];
    await mergeThem(kept.id, merged.id);
    expect(await responseOf(await says(merged))).toEqual({
      contact_id: kept.id,
      own_contact_id: merged.id,
      subject_id: merged.subjectId,
    });
    expect(await responseOf(await says(kept))).toMatchObject({ own_contact_id: null, subject_id: kept.subjectId });
  });

  it("are merged once, by who stands for them, in one workspace, and not while one is being erased", async () => {
    const [kept, merged, third] = [await somebody(), await somebody(), await somebody()];
    await mergeThem(kept.id, merged.id);
    const refused = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });
    await refused(mergeThem(third.id, merged.id), "already_merged");
    await refused(mergeThem(merged.id, third.id), "already_merged");
    await refused(mergeThem(third.id, third.id), "already_merged");
    await refused(unmergeThem(third.id, merged.id), "not_merged");
    await refused(mergeThem(kept.id, randomUUID()), "not_found");
    const strange = { ...pair(kept.id, third.id), workspaceId: own.workspaces.elsewhere };
    await refused(
      transact(own.db, (tx) => merge(tx, strange, own.actor.id)),
      "not_found",
    );
    await sql`
      insert into erasure (id, workspace_id, ground, subject_ids, contact_ids, response_ids, quarantine_ids, asked_at, due_at)
      values (${randomUUID()}, ${workspaceId()}, 'request', '{}', array[${third.id}]::uuid[], '{}', '{}', now(), now())`.execute(
      own.db,
    );
    await refused(mergeThem(kept.id, third.id), "being_erased");
    await refused(mergeThem(third.id, kept.id), "being_erased");
  });

  it("may do what both may, and each gets their own choices back, unless another was made for both", async () => {
    const choices = (part: Partial<Choices>): Choices => ({ restricted: false, consents: [], objections: [], ...part });
    const choose = (id: string, part: Partial<Choices>) =>
      transact(own.db, (tx) => setChoices(tx, { workspaceId: workspaceId(), id }, choices(part)));
    const chosen = async ({ email }: Someone) => (await find(email)).contacts[0]?.choices;
    const [kept, merged] = [await somebody(), await somebody()];
    await choose(kept.id, { consents: ["research", "marketing"] });
    await choose(merged.id, { consents: ["research"], objections: ["marketing"], restricted: true });
    await mergeThem(kept.id, merged.id);
    expect(await chosen(kept)).toEqual({ restricted: true, consents: ["research"], objections: ["marketing"] });
    const { rows } = await sql<{ withheld: string }>`
      select distinct run.withheld from run join response on response.id = run.response_id
      where response.contact_id = ${kept.id}`.execute(own.db);
    expect(rows).toEqual([{ withheld: "restricted" }]);
    await unmergeThem(kept.id, merged.id);
    expect(await chosen(kept)).toEqual(choices({ consents: ["research", "marketing"] }));
    expect(await chosen(merged)).toMatchObject({ restricted: true, consents: ["research"] });
    await mergeThem(kept.id, merged.id);
    await choose(merged.id, { objections: ["service"] });
    await unmergeThem(kept.id, merged.id);
    for (const one of [kept, merged]) expect(await chosen(one)).toEqual(choices({ objections: ["service"] }));
  });

  it("are held by a hold on either, and go by age together", async () => {
    const [kept, merged] = [await somebody(), await somebody()];
    const hold = await own.holds.place(own.actor, { about: { kind: "contact", id: merged.id }, reason: "A claim" });
    await mergeThem(kept.id, merged.id);
    await endRuns();
    await keep({ contentDays: 1, responseDays: 2 });
    await later(5);
    await sweep();
    expect(await count("response")).toBe(2);
    expect(await count("contact_identity", sql`contact_id = ${kept.id}`)).toBe(1);
    await own.holds.lift(own.actor, hold.id);
    await sweep();
    await later(6);
    await sweep();
    expect(await count("response")).toBe(0);
    expect(await count("contact", sql`id in (${kept.id}, ${merged.id})`)).toBe(0);
    expect(await count("contact_merge", sql`merged_id = ${merged.id}`)).toBe(0);
  });
});

describe("a hold on somebody who stands for others", () => {
  const LIMITS = { contentDays: 1, responseDays: 2 };
  const goneByAge = async () => {
    const sources = [{ sourceId: own.sourceId, ...LIMITS }];
    const all = await outlook(own.db, workspaceId(), { general: FOR_EVER, sources });
    const ours = all.sources.find(({ sourceId }) => sourceId === own.sourceId);
    return { contents: ours?.contents, responses: ours?.responses };
  };
  const heldPair = async (): Promise<{ a: Someone; b: Someone; holdId: string }> => {
    const [a, b] = [await somebody(), await somebody()];
    await mergeThem(b.id, a.id);
    const hold = await own.holds.place(own.actor, { about: { kind: "contact", id: b.id }, reason: "A claim" });
    return { a, b, holdId: hold.id };
  };
  const age = async () => {
    await endRuns();
    await keep(LIMITS);
    await later(5);
  };

  it("goes on holding what those said once they are merged further, and the outlook says so", async () => {
    const [{ b, holdId }, c] = [await heldPair(), await somebody()];
    await mergeThem(c.id, b.id);
    await age();
    expect(await goneByAge()).toEqual({ contents: 0, responses: 0 });
    await sweep();
    expect(await count("response")).toBe(3);
    await own.holds.lift(own.actor, holdId);
    expect(await goneByAge()).toEqual({ contents: 3, responses: 3 });
    await sweep();
    expect(await count("response")).toBe(0);
    await later(6);
    await sweep();
  });

  it("keeps them together until it is lifted", async () => {
    const { a, b, holdId } = await heldPair();
    await expect(unmergeThem(b.id, a.id)).rejects.toMatchObject({ status: 409, code: "held_together" });
    await age();
    await sweep();
    expect(await count("response")).toBe(2);
    await own.holds.lift(own.actor, holdId);
    await unmergeThem(b.id, a.id);
    expect(await goneByAge()).toEqual({ contents: 2, responses: 2 });
  });
});

it.each([1, 2, 3, 4])(
  "however they are merged and parted, each has what they said themselves (seed %i)",
  async (seed) => {
    const random = seeded(seed);
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    const people = [await somebody(), await somebody(), await somebody(), await somebody(), await somebody()];
    const into = new Map<Someone, Someone>();
    const said = new Map<string, Someone>();
    const rootOf = (one: Someone): Someone => (into.has(one) ? rootOf(into.get(one)!) : one);
    const roots = () => people.filter((one) => !into.has(one));

    const steps = {
      say: async () => {
        const who = pick(people);
        said.set(await says(who), who);
      },
      merge: async () => {
        const [kept, merged] = [pick(roots()), pick(roots())];
        if (kept === merged) return;
        await mergeThem(kept.id, merged.id);
        into.set(merged, kept);
      },
      part: async () => {
        if (into.size === 0) return;
        const [merged, kept] = pick([...into]);
        await unmergeThem(kept.id, merged.id);
        into.delete(merged);
      },
    };
    for (let step = 0; step < 30; step++) {
      await steps[pick(["say", "merge", "say", "part", "merge"] as const)]();
      for (const [responseId, who] of said) {
        const { contact_id, own_contact_id, subject_id } = await responseOf(responseId);
        expect({ contact_id, own: own_contact_id ?? contact_id, subject_id }).toEqual({
          contact_id: rootOf(who).id,
          own: who.id,
          subject_id: who.subjectId,
        });
      }
    }
    while (into.size > 0) await steps.part();
    for (const [responseId, who] of said)
      expect(await responseOf(responseId)).toMatchObject({ contact_id: who.id, own_contact_id: null });
    expect(await count("contact_merge", sql`true`)).toBe(0);
  },
);

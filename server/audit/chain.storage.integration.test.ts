import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { createTestKeys } from "../testing/keys.js";
import { createTestWorkspaces } from "../testing/workspaces.js";
import { audit } from "./audit.js";
import { extendChains } from "./chain.js";
import { createHeadSigner } from "./head-signer.js";
import { signHeads } from "./heads.js";
import { verifyChain, type Evidence } from "./verify-chain.js";

const signer = createHeadSigner(randomBytes(32));
const ours: Evidence = { publicKeys: [signer.publicKey], exported: [] };
const opened: TestDatabase[] = [];
let test: TestDatabase;
let workspaceId: string;

beforeEach(async () => {
  test = await createTestDatabase();
  opened.push(test);
  workspaceId = (await createTestWorkspaces(test.db, createTestKeys().vault)).here;
});
afterAll(async () => {
  for (const one of opened) await one.drop();
});

const tell = (version: number) =>
  transact(test.db, (tx) =>
    audit(tx, {
      ...{ workspaceId, actor: { kind: "system", id: null }, action: "flow.published" },
      ...{ target: { kind: "flow", id: "f" }, data: { version } },
    }),
  );
async function tellMany(many: number): Promise<void> {
  for (let version = 1; version <= many; version += 1) await tell(version);
}
const extend = (limit = 500) => transact(test.db, (tx) => extendChains(tx, limit));
const signEnds = () => transact(test.db, (tx) => signHeads(tx, signer));
const verify = (evidence = ours) => verifyChain(test.db, workspaceId, evidence);
/** As somebody would who owns the database and switches its triggers off. */
const tamper = (statement: string) =>
  transact(test.db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql.raw(statement).execute(tx);
  });

describe("the chain", () => {
  it("takes in every event once, in batches, whoever else is at it", async () => {
    await tellMany(20);
    const before = (await verify()).unchained;
    const took = await Promise.all([extend(7), extend(7), extend(7)]);
    for (let left = await extend(7); left > 0; left = await extend(7)) took.push(left);
    expect(took.reduce((sum, n) => sum + n, 0)).toBe(before);
    expect(await verify()).toEqual({ workspaceId, events: before, unchained: 0, heads: 0, problem: null });
  });

  it("is signed where it ends, once for each time that it grew", async () => {
    await tellMany(3);
    await extend();
    const [first, twice] = await Promise.all([signEnds(), signEnds()]);
    expect([...first, ...twice]).toHaveLength(1);
    expect(await signEnds()).toEqual([]);
    await tell(4);
    await extend();
    const later = await signEnds();
    expect(later).toHaveLength(1);
    expect(await verify({ ...ours, exported: [...first, ...twice, ...later] })).toMatchObject({
      heads: 4,
      problem: null,
    });
  });
});

describe("what somebody did to the chain is seen:", () => {
  beforeEach(async () => {
    await tellMany(5);
    await extend();
  });

  it.each([
    [
      "an event that was changed",
      `update audit_event set data = '{"version":9}' where seq = 4`,
      /^Event 4 \(.*\) was changed/,
    ],
    ["one that was taken out", "delete from audit_event where seq = 3", /^Event 3 is gone: event 4 follows 2/],
    [
      "an actor put in another's place",
      "update audit_event set actor_kind = 'member' where seq = 5",
      /^Event 5 .* was changed/,
    ],
  ])("%s", async (_what, statement, words) => {
    await tamper(statement);
    expect((await verify()).problem).toMatch(words);
  });

  it("an end that was cut off after it had been signed", async () => {
    await signEnds();
    const { events } = await verify();
    await tamper(`delete from audit_event where seq > ${events - 2}`);
    expect((await verify()).problem).toBe(
      `Events ${events - 1} to ${events} are gone: there were ${events} when the end was signed.`,
    );
  });

  it("a chain written anew, with its signed ends taken away: the copy outside tells", async () => {
    const exported = await signEnds();
    await tamper(`delete from audit_head`);
    await tamper(`update audit_event set data = '{"version":9}' where seq = 2`);
    await tamper("update audit_event set seq = null, hash = null");
    await extend();
    expect((await verify()).problem).toBeNull();
    expect((await verify({ ...ours, exported })).problem).toMatch(/the chain was written anew/);
  });

  it("an end signed with another key, and one whose signature is not its own", async () => {
    const [head] = await signEnds();
    if (!head) throw new Error("nothing was signed");
    const foreign = createHeadSigner(randomBytes(32));
    await tamper("delete from audit_head");
    const forged = { ...head, keyId: foreign.keyId, publicKey: foreign.publicKey };
    expect((await verify({ ...ours, exported: [forged] })).problem).toMatch(/is not known here/);
    expect((await verify({ ...ours, exported: [{ ...head, seq: 1 }] })).problem).toMatch(/forged or damaged/);
  });

  it("knows a key that an entry names only where a key that is known has signed after it", async () => {
    const before = createHeadSigner(randomBytes(32));
    await tellMany(1);
    await extend();
    await transact(test.db, (tx) => signHeads(tx, before));
    await transact(test.db, (tx) =>
      audit(tx, {
        ...{ workspaceId, action: "keys.kek_dropped", data: { auditKey: before.publicKey } },
        actor: { kind: "system", id: null },
        target: { kind: "workspace", id: workspaceId },
      }),
    );
    await extend();
    expect((await verify()).problem).toMatch(/is not known here: give its public key with --key/);
    await signEnds();
    expect((await verify()).problem).toBeNull();
  });
});

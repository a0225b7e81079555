import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { OpenedConnection } from "../../workflows/ports.js";
import { lockWaits } from "../../workflows/testing/lock-waits.js";
import { until } from "../../workflows/testing/until.js";
import type { Db, Tx } from "../db/database.js";
import { releaseForgotten } from "./release.js";
import { findConnector, useConnections } from "./testing/fixture.js";

const own = useConnections();

describe("a connection in use", () => {
  it("opens for a worker with its outbound secrets, facts and hosts", async () => {
    const { id } = await own.create();
    const open = await own.opened(id);
    expect(open).toMatchObject({
      id,
      config: { url: `${own.parrot.url}/`, facts: { words: 7 } },
      secret: { token: "good token", signingSecret: "" },
    });
    const signal = new AbortController().signal;
    const abroad = open.http.send({
      method: "GET",
      url: own.other.url,
      signal,
      deadlineMs: 1_000,
      allowedHosts: [own.other.host],
    });
    await expect(abroad).rejects.toMatchObject({ phase: "unsent", code: "host_not_allowed" });
  });

  it("that points at a sandbox which is off says so instead of calling", async () => {
    const { id } = await own.create();
    own.sandboxOff = true;
    const open = await own.opened(id);
    own.sandboxOff = false;
    const signal = new AbortController().signal;
    const sending = open.http.send({ method: "GET", url: own.parrot.url, signal, deadlineMs: 1_000 });
    await expect(sending).rejects.toMatchObject({
      phase: "unsent",
      code: "sandbox_off",
      message: /points at the sandbox, which is off/,
    });
  });

  it("opens for the api with its inbound secrets alone", async () => {
    const { id } = await own.create();
    const inbound = await own.execution(false).openInbound(own.test.db, id);
    expect(inbound?.secrets).toEqual({ signingSecret: "listen", botToken: "bot" });
    await expect(own.opened(id, false)).rejects.toThrow(/may not open a secret-outbound/);
    expect(await own.execution(false).inboundConnections(own.test.db, "parrot")).toContainEqual(
      expect.objectContaining({ id }),
    );
  });

  it("is opened once for many that ask at once, each answered in the order asked", async () => {
    const [one, two] = [await own.create(), await own.create()];
    const opened = await own.execution().openConnections(own.test.db, [two.id, null, one.id, uuidv7(), two.id]);
    expect(opened.map((open) => open?.id)).toEqual([two.id, "", one.id, undefined, two.id]);
    expect(opened[4]).toBe(opened[0]);
  });

  it("is nothing at all for an action that needs none", async () => {
    expect(await own.opened(null)).toMatchObject({ config: {}, secret: {} });
  });

  it("that is refused breaks once, is told once, and mends with new credentials", async () => {
    const { id } = await own.create();
    own.refused.length = 0;
    const opened = await own.opened(id);
    await refuse(opened, "token_revoked");
    await refuse(opened, "token_revoked");
    const { here: workspaceId } = own.workspaces;
    expect(own.refused).toEqual([{ workspaceId, id, name: "Our parrot", code: "token_revoked" }]);
    expect(await briefs([id, uuidv7()])).toEqual([{ id, connector: "parrot", state: "broken" }]);
    await expect(own.opened(id)).rejects.toThrow("not to be used");
    const mended = await own.admin("PUT", `/api/connections/${id}`, { secret: { token: "good token" } });
    expect(mended.json).toMatchObject({ state: "ok", reason: null });
  });

  it("stays mended when a call that began with the old secret is refused late, and breaks when the new one is", async () => {
    const { id } = await own.create();
    const early = await own.opened(id);
    const entered = await own.admin("PUT", `/api/connections/${id}`, { secret: { token: "good token" } });
    expect(entered.status).toBe(200);
    own.refused.length = 0;
    await refuse(early, "token_revoked");
    expect(own.refused).toEqual([]);
    expect(await briefs([id])).toMatchObject([{ state: "ok" }]);
    await refuse(await own.opened(id), "token_revoked");
    expect(await briefs([id])).toMatchObject([{ state: "broken" }]);
  });

  it("is refused as well by a call that began before it was only renamed", async () => {
    const { id } = await own.create();
    const early = await own.opened(id);
    await own.admin("PUT", `/api/connections/${id}`, { name: "Our other parrot" });
    await refuse(early, "token_revoked");
    expect(await briefs([id])).toMatchObject([{ state: "broken" }]);
  });

  it("that cannot be unsealed is told of and keeps no message from the others", async () => {
    const [bad, good] = [await own.create(), await own.create()];
    own.unreadable.length = 0;
    await sql`update connection set secret_inbound = 'not sealed' where id = ${bad.id}`.execute(own.test.db);
    const found = await own.execution(false).inboundConnections(own.test.db, "parrot");
    await sql`delete from connection where id = ${bad.id}`.execute(own.test.db);
    expect(found.map(({ id }) => id)).toContain(good.id);
    expect(found.map(({ id }) => id)).not.toContain(bad.id);
    expect(own.unreadable).toEqual([bad.id]);
  });

  it("releases the runs that waited for it, spread over its rate, when it is resumed", async () => {
    const { id } = await own.create();
    await refuse(await own.opened(id), "invalid_auth");
    expect((await own.admin("GET", "/api/connections")).text).toContain(
      "Parrot refused the credentials (invalid_auth)",
    );
    const runs = [uuidv7(), uuidv7(), uuidv7()];
    for (const run of runs) await waitingRun(run, id);
    expect((await own.admin("POST", `/api/connections/${id}/resume`, {})).json).toMatchObject({ state: "ok" });
    const { rows } = await sql<{ after: number }>`
      select round(extract(epoch from due_at - min(due_at) over ()) * 1000)::int as after from run order by due_at`.execute(
      own.test.db,
    );
    expect(rows.map(({ after }) => after)).toEqual([0, 250, 500]);
    const answer = await own.admin("DELETE", `/api/connections/${id}`);
    expect(answer).toMatchObject({ status: 409, json: { code: "connection_in_use" } });
  });

  it("is not resumed beside a transaction that lets a run rest on it: that run is found and released", async () => {
    const { id } = await own.create();
    await own.admin("POST", `/api/connections/${id}/pause`, {});
    const run = uuidv7();
    let resumed: Promise<unknown> = Promise.resolve();
    await transact(own.test.db, async (tx) => {
      expect(await own.execution().connectionBriefs(tx, [id])).toMatchObject([{ state: "paused" }]);
      resumed = own.admin("POST", `/api/connections/${id}/resume`, {});
      await Promise.race([resumed, someoneWaits()]);
      await waitingRun(run, id, tx);
    });
    await resumed;
    const { rows } = await sql`select driven, due_at <= lw_now() as due from run where id = ${run}`.execute(
      own.test.db,
    );
    expect(rows).toEqual([{ driven: false, due: true }]);
  });

  it.each([
    ["it is resumed again", (id: string) => own.admin("POST", `/api/connections/${id}/resume`, {})],
    ["a worker comes by", () => releaseForgotten({ db: own.test.db, findConnector })],
  ])(
    "that was mended by a process which died before the release holds nothing any more once %s",
    async (_what, mend) => {
      const { id } = await own.create();
      await own.admin("POST", `/api/connections/${id}/pause`, {});
      const run = uuidv7();
      await waitingRun(run, id);
      await releaseForgotten({ db: own.test.db, findConnector });
      const due = sql<{ due: boolean }>`select due_at <= lw_now() as due from run where id = ${run}`;
      expect((await due.execute(own.test.db)).rows).toEqual([{ due: false }]);
      await sql`update connection set state = 'ok', reason = null where id = ${id}`.execute(own.test.db);
      await mend(id);
      expect((await due.execute(own.test.db)).rows).toEqual([{ due: true }]);
    },
  );

  it("is paused and resumed by a member", async () => {
    const { id } = await own.create();
    expect((await own.admin("POST", `/api/connections/${id}/pause`, {})).json).toMatchObject({ state: "paused" });
    expect((await own.admin("POST", `/api/connections/${id}/resume`, {})).json).toMatchObject({
      state: "ok",
      reason: null,
    });
  });

  it("is deleted only when nothing uses it", async () => {
    const { id } = await own.create();
    own.usedBy = "The flow “Callback” uses it.";
    expect(await own.admin("DELETE", `/api/connections/${id}`)).toMatchObject({
      status: 409,
      json: { detail: own.usedBy },
    });
    own.usedBy = null;
    expect((await own.admin("DELETE", `/api/connections/${id}`)).status).toBe(200);
    expect((await own.admin("DELETE", `/api/connections/${id}`)).status).toBe(404);
  });

  it("is not deleted under a run that sleeps in a version which names it, before the step that needs it", async () => {
    const { id } = await own.create();
    const [flow, version, run] = [uuidv7(), uuidv7(), uuidv7()];
    const { here } = own.workspaces;
    const document = JSON.stringify({ nodes: [{ config: { connectionId: id } }] });
    await sql`insert into flow (id, workspace_id, name, state, draft, draft_saved_at, created_at)
      values (${flow}, ${here}, 'Sleeper', 'live', '{}', lw_now(), lw_now())`.execute(own.test.db);
    await sql`insert into flow_version (id, flow_id, workspace_id, number, document, layout, hash, editors, published_at)
      values (${version}, ${flow}, ${here}, 1, ${document}, '{}', 'h', '{}', lw_now())`.execute(own.test.db);
    await sql`insert into run (id, workspace_id, flow_id, flow_version_id, response_id, revision_id, ordinal, subject_id, key, state, due_at, created_at)
      values (${run}, ${here}, ${flow}, ${version}, ${run}, ${run}, 0, ${run}, ${run}, 'waiting', 'infinity', lw_now())`.execute(
      own.test.db,
    );
    const refused = await own.admin("DELETE", `/api/connections/${id}`);
    expect(refused).toMatchObject({ status: 409, json: { code: "connection_in_use" } });
    expect(refused.text).toContain("Open runs of “Sleeper” may still need this connection.");
    await sql`update run set finished_at = lw_now() where id = ${run}`.execute(own.test.db);
    expect((await own.admin("DELETE", `/api/connections/${id}`)).status).toBe(200);
  });

  const briefs = (ids: readonly string[]) => transact(own.test.db, (tx) => own.execution().connectionBriefs(tx, ids));

  const refuse = (opened: OpenedConnection, code: string) => transact(own.test.db, (tx) => opened.refused(tx, code));

  const someoneWaits = () =>
    until(
      () => lockWaits(own.test.db),
      (count) => count > 0,
      { what: "a statement that waits for a lock" },
    );

  async function waitingRun(run: string, connection: string, db: Db | Tx = own.test.db): Promise<void> {
    const any = uuidv7();
    await sql`insert into run (id, workspace_id, flow_id, flow_version_id, response_id, revision_id, ordinal, subject_id, key, state, due_at, created_at)
      values (${run}, ${own.workspaces.here}, ${any}, ${any}, ${run}, ${any}, 0, ${any}, ${run}, 'waiting', 'infinity', lw_now())`.execute(
      db,
    );
    await sql`insert into effect (id, workspace_id, owner_kind, owner_id, node_id, slot, iteration, key, action, connection_id, state, on_ambiguous, closing, retry_until, created_at)
      values (${run}, ${own.workspaces.here}, 'run', ${run}, 'n', 'main', 0, ${run}, 'parrot.say@1', ${connection}, 'intent', 'park', false, lw_now(), lw_now())`.execute(
      db,
    );
  }
});

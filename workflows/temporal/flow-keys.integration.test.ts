import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Action } from "../../integrations/connector.js";
import type { FlowKey } from "../flow/flow-key.js";
import { aFlowWithKey, aNode } from "../flow/testing/a-flow.js";
import { readFacts } from "../ledger/fact-store.js";
import { findRun, type RunRow } from "../ledger/run-store.js";
import { startExecution, type Execution } from "../testing/execution.js";
import { createRemote } from "../testing/fake-action.js";
import { useServers } from "../testing/use-servers.js";
import { until } from "../testing/until.js";

const servers = useServers();

const call = (id: string) => {
  const url = `https://example.com/{{ run.id }}/${id}`;
  return aNode("action", id, { action: "http.request@1", connectionId: null, input: { url } });
};
const DAYS = { mode: "duration", duration: { amount: 30, unit: "days" } };
const over = aNode("end", "over");
const calling = (then: FlowKey["then"]) =>
  aFlowWithKey({ by: "contact", then }, [call("one"), call("two"), over], "start > one, one > two, two > over");
const waiting = (then: FlowKey["then"]) =>
  aFlowWithKey({ by: "contact", then }, [aNode("wait", "rest", DAYS), over], "start > rest, rest > over");

interface Setting {
  readonly lane: boolean;
  readonly flow: ReturnType<typeof calling>;
  readonly action?: Action;
}

async function withExecution(
  { lane, flow, action = createRemote().action }: Setting,
  work: (execution: Execution, startNext: () => Promise<RunRow>) => Promise<void>,
): Promise<void> {
  const { database, engine } = servers;
  const execution = await startExecution({ db: database.db, engine, flow, actions: [action], lane });
  const queue = { flowId: randomUUID(), flowKey: randomBytes(32) };
  try {
    await work(execution, () => execution.start(queue));
    expect(execution.errors).toEqual([]);
  } finally {
    await execution.stop();
  }
}

const rowOf = ({ id }: RunRow) => findRun(servers.database.db, id);
const untilState = (run: RunRow, state: RunRow["state"]) =>
  until(
    () => rowOf(run),
    (row) => row?.state === state,
  );
const untilOver = (run: RunRow) =>
  until(
    () => rowOf(run),
    (row) => row?.finished_at != null,
  );
/** It asked for its turn, and rests. */
const untilHeld = (run: RunRow) =>
  until(
    () => rowOf(run),
    (row) => row?.state === "queued" && Number(row.due_at) > Date.now() + 30_000,
  );

/** What happened to runs, told so that it is the same in every world: runs by their number, without other ids and times. */
async function storyOf(runs: readonly RunRow[]): Promise<string[][]> {
  const number = (value: unknown): unknown => {
    const index = runs.findIndex(({ id }) => id === value);
    return index < 0 ? value : `run ${index + 1}`;
  };
  const told = await Promise.all(runs.map(({ id }) => readFacts(servers.database.db, id)));
  return told.map((facts) =>
    facts.map(({ fact: { kind, nodeId, data } }) => {
      const own = Object.entries(data).filter(
        ([name]) => !/(responseId|revisionId|effectId|Until|until|externalId)$/.test(name),
      );
      return JSON.stringify([kind, nodeId, Object.fromEntries(own.map(([name, value]) => [name, number(value)]))]);
    }),
  );
}

/** The same is done with the fast lane and without it; what came of it must be the same. */
async function inBothWays(work: (lane: boolean) => Promise<readonly RunRow[]>): Promise<string[][]> {
  const stories = [];
  for (const lane of [true, false]) stories.push(await storyOf(await work(lane)));
  expect(stories[1]).toEqual(stories[0]);
  return stories[0] ?? [];
}

describe("with the fast lane and without it, with equal facts,", () => {
  test("runs of one key go one after the other in the order of their events, and nobody's step comes between", async () => {
    await inBothWays(async (lane) => {
      const { action, accepted } = createRemote();
      const runs: RunRow[] = [];
      await withExecution({ lane, flow: calling("queue"), action }, async (_execution, startNext) => {
        for (let n = 0; n < 8; n += 1) runs.push(await startNext());
        for (const run of runs) await untilOver(run);
        const steps = runs.flatMap(({ id }) => ["one", "two"].map((step) => `https://example.com/${id}/${step}`));
        expect(accepted.map(({ input }) => input)).toEqual(steps.map((url) => ({ url })));
      });
      return runs;
    });
  });

  test("a run that waits its turn holds no driver, and goes on when the one before it is cancelled", async () => {
    await inBothWays(async (lane) => {
      const runs: RunRow[] = [];
      await withExecution({ lane, flow: waiting("queue") }, async (execution, startNext) => {
        const [first, second] = [await startNext(), await startNext()];
        runs.push(first, second);
        await untilState(first, "waiting");
        await untilHeld(second);
        expect(await rowOf(second)).toMatchObject({ driven: false, seq: 0 });
        const handle = execution.temporal.client.workflow.getHandle(`run_${second.id}`);
        const isDriven = () =>
          handle.describe().then(
            ({ status }) => status.name === "RUNNING",
            () => false,
          );
        await until(isDriven, (driven) => !driven);
        await execution.append(first.id, { kind: "cancelled", nodeId: null, data: { by: "ann" } }, "cancelled");
        await untilState(second, "waiting");
        expect(await rowOf(first)).toMatchObject({ state: "cancelled", outcome: "cancelled" });
      });
      return runs;
    });
  });

  test("a run that replaces cancels the older one, lets its call in the air settle, and only then goes on", async () => {
    const [first, second] = await inBothWays(async (lane) => {
      let release = (): void => undefined;
      const released = new Promise<void>((done) => {
        release = done;
      });
      const calls: number[] = [];
      const { action, accepted } = createRemote(
        async ({ accept }) => {
          calls.push(calls.length);
          if (calls.length === 1) await released;
          return accept();
        },
        { deadlineMs: 60_000 },
      );
      const runs: RunRow[] = [];
      await withExecution({ lane, flow: calling("replace"), action }, async (_execution, startNext) => {
        const older = await startNext();
        await until(
          () => calls.length,
          (count) => count === 1,
        );
        const newer = await startNext();
        runs.push(older, newer);
        await untilState(older, "cancelled");
        await untilHeld(newer);
        expect(calls).toHaveLength(1);
        release();
        for (const run of runs) await untilOver(run);
        expect(accepted.map(({ input }) => input)).toEqual([
          { url: `https://example.com/${older.id}/one` },
          { url: `https://example.com/${newer.id}/one` },
          { url: `https://example.com/${newer.id}/two` },
        ]);
        expect(await rowOf(older)).toMatchObject({ state: "cancelled", outcome: "replaced" });
        expect(await rowOf(newer)).toMatchObject({ state: "finished" });
      });
      return runs;
    });
    expect(first).toContain('["cancelled",null,{"by":"run 2","replacedBy":"run 2"}]');
    expect(second?.at(-1)).toContain("finished");
  });

  test("a run that is skipped does nothing and says which run was open; the next one goes once that is over", async () => {
    const [, skipped] = await inBothWays(async (lane) => {
      const runs: RunRow[] = [];
      await withExecution({ lane, flow: waiting("skip") }, async (execution, startNext) => {
        const first = await startNext();
        await untilState(first, "waiting");
        const second = await startNext();
        expect(await untilOver(second)).toMatchObject({ state: "finished", outcome: "skipped" });
        await execution.append(first.id, { kind: "cancelled", nodeId: null, data: { by: "ann" } }, "cancelled");
        await untilOver(first);
        const third = await startNext();
        await untilState(third, "waiting");
        runs.push(first, second, third);
      });
      return runs;
    });
    expect(skipped?.slice(1)).toEqual([
      '["passedOver",null,{"runId":"run 1"}]',
      '["finished",null,{"outcome":"skipped"}]',
    ]);
  });
});

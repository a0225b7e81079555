import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Db } from "../../server/db/database.js";
import { setDatabaseClock } from "../../server/testing/database-clock.js";
import { ConnectorError } from "../../integrations/outcome.js";
import { aFlow, aNode } from "../flow/testing/a-flow.js";
import { readFacts } from "../ledger/fact-store.js";
import { findRun } from "../ledger/run-store.js";
import { startExecution, type ExecutionOptions } from "../testing/execution.js";
import { createRemote, type Behaviour } from "../testing/fake-action.js";
import { useServers } from "../testing/use-servers.js";
import { until } from "../testing/until.js";

const servers = useServers();

const call = (id: string) =>
  aNode("action", id, { action: "http.request@1", connectionId: null, input: { url: `https://example.com/${id}` } });
const branching = aFlow(
  [
    aNode("condition", "check"),
    aNode("set", "words"),
    call("one"),
    call("two"),
    call("after"),
    aNode("end", "over", { outcome: "told" }),
    aNode("end", "no", { outcome: "none" }),
  ],
  "start > check, check:yes > words, check:no > no, words > one, words > two, one > after, two > over, after > over",
);

async function withExecution(
  options: Pick<ExecutionOptions, "flow" | "actions" | "lane">,
  work: (execution: Awaited<ReturnType<typeof startExecution>>) => Promise<void>,
): Promise<void> {
  const execution = await startExecution({ db: servers.database.db, engine: servers.engine, ...options });
  try {
    await work(execution);
  } finally {
    await execution.stop();
  }
}

/** A run's facts without what is new in every run, in an order that no race decides. */
async function storyOf(runId: string): Promise<string[]> {
  const facts = (await readFacts(servers.database.db, runId)).map(({ fact }) => {
    const own = Object.entries(fact.data).filter(([name]) => !/(Id|until|Until|At|externalId)$/.test(name));
    return JSON.stringify([fact.kind, fact.nodeId, Object.fromEntries(own)]);
  });
  return facts.sort();
}

const behaviours: Readonly<Record<string, Behaviour>> = {
  "everything works": ({ accept }) => accept(),
  "every first try fails": ({ attempt, accept }) => {
    if (attempt === 1) throw new ConnectorError({ outcome: "TRANSIENT", code: "http_503", message: "busy" });
    return accept();
  },
  "every first answer is lost": ({ attempt, accept }) => {
    const sent = accept();
    if (attempt === 1) throw new ConnectorError({ outcome: "AMBIGUOUS", code: "timeout", message: "lost" });
    return sent;
  },
};

describe.each(Object.entries(behaviours))("where %s", (_name, behave) => {
  test("one run and twenty at once have equal facts with the fast lane and without it, each effect once", async () => {
    const stories: Record<string, string[][]> = {};
    for (const lane of [true, false]) {
      const remote = createRemote(behave);
      await withExecution({ flow: branching, actions: [remote.action], lane }, async (execution) => {
        const alone = await execution.start();
        await execution.until(alone.id, ({ state }) => state === "finished");
        const together = await Promise.all(Array.from({ length: 20 }, () => execution.start()));
        for (const { id } of together) await execution.until(id, ({ state }) => state === "finished");
        stories[String(lane)] = await Promise.all([alone, ...together].map(({ id }) => storyOf(id)));
        expect(new Set(remote.accepted.map(({ key }) => key)).size).toBe(21 * 3);
        expect(remote.accepted).toHaveLength(21 * 3);
        expect(execution.errors).toEqual([]);
      });
    }
    expect(
      new Set(
        Object.values(stories)
          .flat()
          .map((story) => story.join("\n")),
      ).size,
    ).toBe(1);
  });
});

async function untilLastDue(db: Db): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from max(due_at) - clock_timestamp())::float * 1000 as ms from run
    where state = 'waiting' and due_at < 'infinity'`.execute(db);
  return rows[0]?.ms ?? 0;
}

describe("a run that only waits", () => {
  const waiting = aFlow(
    [call("one"), aNode("wait", "rest", { mode: "duration", duration: { amount: 30, unit: "days" } }), call("two")],
    "start > one, one > rest, rest > two",
  );
  const isThere = (execution: Awaited<ReturnType<typeof startExecution>>, id: string): Promise<boolean> =>
    execution.temporal.client.workflow
      .getHandle(`run_${id}`)
      .describe()
      .then(
        () => true,
        () => false,
      );

  test("has no workflow of its own: its due time brings it back into the lane", async () => {
    const remote = createRemote();
    await withExecution({ flow: waiting, actions: [remote.action], lane: true }, async (execution) => {
      const runs = await Promise.all(Array.from({ length: 30 }, () => execution.start()));
      for (const { id } of runs) await execution.until(id, ({ state }) => state === "waiting");
      expect(await Promise.all(runs.map(({ id }) => isThere(execution, id)))).toEqual(runs.map(() => false));
      expect(remote.accepted).toHaveLength(30);
      // To the moment, and not past it: what is long overdue is taken for forgotten, and gets a driver.
      await setDatabaseClock(servers.database.db, await untilLastDue(servers.database.db));
      for (const { id } of runs) await execution.until(id, ({ state }) => state === "finished");
      await setDatabaseClock(servers.database.db, 0);
      expect(remote.accepted).toHaveLength(60);
      expect(await Promise.all(runs.map(({ id }) => isThere(execution, id)))).toEqual(runs.map(() => false));
    });
  });

  test("gets one where a try failed and is to be repeated", async () => {
    const remote = createRemote(({ attempt, accept }) => {
      if (attempt === 1) throw new ConnectorError({ outcome: "TRANSIENT", code: "http_503", message: "busy" });
      return accept();
    });
    await withExecution({ flow: waiting, actions: [remote.action], lane: true }, async (execution) => {
      const { id } = await execution.start();
      await execution.until(id, ({ state }) => state === "waiting");
      expect(await isThere(execution, id)).toBe(true);
      expect(await findRun(servers.database.db, id)).toMatchObject({ driven: true });
    });
  });
});

describe("driving", () => {
  const single = aFlow([call("one"), aNode("end", "over")], "start > one, one > over");
  /** Since that moment: what earlier tests started may become visible late. */
  const batchesSince = async (execution: Awaited<ReturnType<typeof startExecution>>, from: string): Promise<number> =>
    (await execution.temporal.client.workflow.count(`WorkflowType = 'driveBatch' and StartTime > '${from}'`)).count;

  test("takes no workflow for a run that finds nobody before it, and one for each batch of a backlog", async () => {
    const remote = createRemote();
    await withExecution({ flow: single, actions: [remote.action], lane: true }, async (execution) => {
      const from = new Date().toISOString();
      const { id } = await execution.start();
      await execution.until(id, ({ state }) => state === "finished");
      expect(await batchesSince(execution, from)).toBe(0);
      const later = new Date(Date.now() + 1_000);
      const backlog = await Promise.all(Array.from({ length: 60 }, () => execution.start({ dueAt: later })));
      for (const run of backlog) await execution.until(run.id, ({ state }) => state === "finished");
      await until(
        () => batchesSince(execution, from),
        (count) => count > 0,
      );
      expect(remote.accepted).toHaveLength(61);
    });
  });

  test("is not given up when the worker stops: what is in its hands settles first", async () => {
    const remote = createRemote(async ({ accept }) => {
      const sent = accept();
      await delay(1_500);
      return sent;
    });
    let id = "";
    await withExecution({ flow: single, actions: [remote.action], lane: true }, async (execution) => {
      id = (await execution.start()).id;
      await until(
        () => remote.accepted.length,
        (count) => count === 1,
      );
    });
    expect(await findRun(servers.database.db, id)).toMatchObject({ state: "finished", driven: false });
  });
});

test("a slow system holds up nobody who does not use it", async () => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  const slow = createRemote(async ({ accept }) => {
    await promise;
    return accept();
  });
  const slowFlow = aFlow([call("slow"), aNode("end", "over")], "start > slow, slow > over");
  const patient = { ...slow.action, deadlineMs: 60_000 };
  await withExecution({ flow: slowFlow, actions: [patient], lane: true }, async (held) => {
    const stuck = await Promise.all(Array.from({ length: 60 }, () => held.start()));
    const next = await held.start();
    await until(
      async () => (await findRun(servers.database.db, next.id))?.seq ?? 0,
      (seq) => seq >= 2,
    );
    resolve();
    for (const { id } of [...stuck, next]) await held.until(id, ({ state }) => state === "finished");
    const keys = slow.accepted.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThanOrEqual(61);
  });
});

test("a call that hangs holds up neither its sibling branch nor the driver of its run", async () => {
  let second: () => void = () => undefined;
  const secondWasSent = new Promise<void>((resolve) => (second = resolve));
  let hungInVain = false;
  const remote = createRemote(async ({ accept }) => {
    const sent = accept();
    const { url } = z.object({ url: z.string() }).parse(remote.accepted.at(-1)?.input);
    if (url.endsWith("after")) second();
    if (url.endsWith("slow"))
      hungInVain = await Promise.race([secondWasSent.then(() => false), delay(15_000).then(() => true)]);
    return sent;
  });
  const flow = aFlow([call("one"), call("after"), call("slow")], "start > one, one > after, start > slow");
  await withExecution({ flow, actions: [remote.action], lane: true }, async (execution) => {
    const { id } = await execution.start({ driven: true });
    await execution.temporal.poke({ kind: "run", id });
    await execution.until(id, ({ state }) => state === "finished");
    expect(hungInVain).toBe(false);
    expect(remote.accepted).toHaveLength(3);
  });
});

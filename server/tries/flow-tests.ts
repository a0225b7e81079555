import { z } from "zod";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import {
  type Difference,
  differencesBetween,
  differenceSentence,
  expectationOf,
  expectationSchema,
  notTried,
} from "../../workflows/flow/try/expectation.js";
import { keptPins } from "../../workflows/flow/try/kept-pins.js";
import { pinsSchema } from "../../workflows/flow/try/pin.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy } from "../audit/audit.js";
import type { Reader, Tx } from "../db/database.js";
import { conflict, DomainError, notFound } from "../errors.js";
import { NOT_PUBLISHABLE } from "../flows/flow-service.js";
import type { Actor } from "../http/route.js";
import type { TestResult } from "./flow-test-api.js";
import { countTests, deleteTest, insertTest, listTests, type FlowTestRow } from "./flow-test-store.js";
import { madeUpLike } from "./made-up-like.js";
import { madeUpSchema, type MadeUp } from "./try-api.js";
import { tryDraft, type TryAsked, type TryDependencies, type WholeTry } from "./try-service.js";

interface ToTest {
  readonly flowId: string;
  /** Without it the saved one. */
  readonly draft?: FlowDraft | undefined;
}

/** Every test of a flow, run on a draft. A draft that cannot be published is refused, as a try is. */
export async function runTests(
  reader: Reader,
  dependencies: TryDependencies,
  actor: Actor,
  { flowId, draft }: ToTest,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const row of await listTests(reader, actor.workspaceId, flowId)) {
    const differences = await holding(row, (stored) =>
      tryDraft(reader, dependencies, { actor, flowId, draft, ...stored }),
    );
    const told = differences.map((difference) => ({ ...difference, sentence: differenceSentence(difference) }));
    results.push({ id: row.id, name: row.name, differences: told });
  }
  return results;
}

/** What is not as it was; a test whose event cannot be tried (its source is gone, or out of the actor's sight) does not hold. */
async function holding(
  row: FlowTestRow,
  tryIt: (stored: Pick<TryAsked, "event" | "pins" | "now">) => Promise<WholeTry>,
): Promise<Difference[]> {
  const { data: stored } = storedSchema.safeParse(row);
  if (!stored) return [notTried(UNREADABLE)];
  const { event: feedback, pins, at: now, expected } = stored;
  try {
    const { flow, tried } = await tryIt({ event: { kind: "madeUp", feedback }, pins, now });
    return differencesBetween(expected, expectationOf(flow, tried));
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === NOT_PUBLISHABLE) throw error;
    return [notTried(error.message)];
  }
}

/** A test is older than what reads it. */
const storedSchema = z.object({ event: madeUpSchema, pins: pinsSchema, at: z.date(), expected: expectationSchema });
const UNREADABLE = "What it was kept as cannot be read any more. Delete it, and save it anew.";

/** Every publication runs them all, while the flow is locked. */
const MOST_TESTS = 50;

/** What a try of the event does now is what the test expects from then on. */
export async function saveTest(
  tx: Tx,
  dependencies: TryDependencies,
  actor: Actor,
  { name, ...asked }: TryAsked & { readonly name: string },
): Promise<FlowTestRow> {
  if ((await countTests(tx, actor.workspaceId, asked.flowId)) >= MOST_TESTS)
    throw conflict("too_many_tests", `A flow has at most ${MOST_TESTS} tests. Delete one first.`);
  const first = await tryDraft(tx, dependencies, { ...asked, actor });
  const pins = keptPins(asked.pins, first.flow, dependencies.catalogue);
  const feedback = madeUpLike(asked.event.kind === "madeUp" ? saidIn(asked.event.feedback) : first.tryable.context);
  const event = { kind: "madeUp", feedback } as const;
  // What is expected is what is kept: neither somebody's words nor what a system said of them.
  const { flow, tried, now } = await tryDraft(tx, dependencies, { ...asked, pins, actor, event });
  if (tried.whyNot?.kind === "started") throw noFeedback();
  const row = {
    ...{ id: uuidv7(), workspace_id: actor.workspaceId, flow_id: asked.flowId, name, at: now, created_at: now },
    ...{ event: JSON.stringify(feedback), pins: JSON.stringify(pins) },
    expected: JSON.stringify(expectationOf(flow, tried)),
    created_by: actor.kind === "member" ? actor.id : null,
  };
  await insertTest(tx, row);
  await auditBy(tx, actor, { action: "flow.test_saved", target: { kind: "flow", id: asked.flowId } });
  return { ...row, event: feedback, pins, expected: {} };
}

const noFeedback = () =>
  conflict(
    "test_without_feedback",
    "No feedback starts this flow, so no test of it can be kept. Try it on a past start.",
  );

/** What somebody made up may be a person's all the same. */
const saidIn = ({ contact, account, ...feedback }: MadeUp) => ({ feedback, contact, account });

export async function removeTest(tx: Tx, actor: Actor, ids: { flowId: string; testId: string }): Promise<void> {
  if (!(await deleteTest(tx, { workspaceId: actor.workspaceId, ...ids }))) throw notFound("flow test");
  await auditBy(tx, actor, { action: "flow.test_deleted", target: { kind: "flow", id: ids.flowId } });
}

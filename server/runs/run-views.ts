import type { FlowContext } from "../../workflows/flow/catalogue.js";
import { outputOf } from "../../workflows/flow/context.js";
import { interpret } from "../../workflows/flow/interpreter.js";
import type { Step } from "../../workflows/flow/commands.js";
import type { NodeRecord } from "../../workflows/flow/node-record.js";
import type { Fact } from "../../workflows/flow/facts.js";
import type { PublishedFlow } from "../../workflows/flow/schema.js";
import { effectsOf } from "../../workflows/ledger/effect-store.js";
import { openFacts, readFacts } from "../../workflows/ledger/fact-store.js";
import { refOf } from "../../workflows/ledger/run-store.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import type { Reader } from "../db/database.js";
import { byDay } from "../employees/by-day.js";
import { runsOfEmployees } from "../employees/of-employee.js";
import { notFound } from "../errors.js";
import { findVersion } from "../flows/flow-store.js";
import type { Actor } from "../http/route.js";
import { seerOf, type Seer } from "../members/reach-where.js";
import { openTexts } from "../privacy/open-texts.js";
import { authorizeRun } from "./authorize-run.js";
import { effectViews } from "./effect-views.js";
import { heldBy } from "./held-by.js";
import type { EffectView, RunDetail, RunSummary, StepView } from "./run-api.js";
import { findRunRow, type RunListRow } from "./run-store.js";
import { runStarts } from "./run-start.js";
import { stuckMessage } from "./stuck-message.js";
import { waitsFor } from "./waits-for.js";

export interface RunViewDependencies {
  readonly ports: ExecutionPorts;
  /** Names of members and people by id. */
  readonly names: (reader: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The same run on the engine's own page. */
  readonly engineUrl: (runId: string) => string | null;
}

export async function runSummaries(
  reader: Reader,
  { ports }: Pick<RunViewDependencies, "ports">,
  { rows, seer, mayReadPeople }: { rows: readonly RunListRow[]; seer: Seer; mayReadPeople: boolean },
): Promise<RunSummary[]> {
  const cells = rows.map((row) => ({
    sealed: mayReadPeople && !isOfEmployee(row) ? row.contact_name : null,
    place: `contact.name|${row.contact_id}`,
  }));
  const names = await openTexts(ports.sealer, reader, cells);
  const waiting = await waitsFor(reader, ports, { rows, seer });
  const held = await heldBy(reader, rows);
  const starts = await runStarts(reader, ports.sealer, { rows, mayReadPeople });
  const views = rows.map((row, index) => ({
    id: row.id,
    ofEmployee: isOfEmployee(row),
    flowId: row.flow_id,
    flowName: row.flow_name,
    version: row.step === null ? row.version : null,
    state: row.state,
    outcome: row.outcome,
    contactName: names[index] ?? null,
    contactId: mayReadPeople ? row.contact_id : null,
    start: starts[index] ?? null,
    score: row.score,
    metric: row.metric,
    sourceName: row.source_name,
    startedAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    inDoubt: row.in_doubt ?? 0,
    waitsFor: waiting.get(row.id) ?? null,
    heldBy: held.get(row.id) ?? [],
  }));
  return views.map((view) => (view.ofEmployee ? withoutEmployee(view, mayReadPeople) : view));
}

const eventOf = ({ feedback, contact, account, start }: FlowContext): RunDetail["event"] => ({
  ...{ feedback, contact, account },
  ...(start && { start }),
});

/** What employees say is shown in groups, never with a run: whoever saw one beside the other would know when it was said. */
const isOfEmployee = (row: Pick<RunListRow, "of_employee">): boolean => row.of_employee;

/**
 * Whom a run waits for would tell that the same person said both. How it ended, and at which step it is, tells roughly what was said: that is
 * for those who see to runs and may read what people say.
 */
const withoutEmployee = (view: RunSummary, mayReadPeople: boolean): RunSummary =>
  byDay({
    ...view,
    contactId: null,
    start: view.start && { ...view.start, by: null },
    score: null,
    waitsFor: null,
    ...(!mayReadPeople && { outcome: null, heldBy: [] }),
  });

export async function runDetail(
  reader: Reader,
  dependencies: RunViewDependencies,
  { actor, runId, mayReadPeople: mayReadAny }: { actor: Actor; runId: string; mayReadPeople: boolean },
): Promise<RunDetail> {
  const { ports } = dependencies;
  const row = await findRunRow(reader, actor.workspaceId, runId);
  if (!row) throw notFound("run");
  await authorizeRun(reader, actor, "runs:read", row);
  const mayReadPeople = mayReadOf(row, mayReadAny);
  const [summary] = await runSummaries(
    reader,
    { ports },
    { rows: [row], seer: seerOf(actor), mayReadPeople: mayReadAny },
  );
  const version = await findVersion(reader, row.flow_version_id);
  if (!summary || !version) throw notFound("run");
  const flow = await ports.publishedFlow(reader, row.flow_version_id);
  const effects = await effectViews(reader, ports, {
    effects: await effectsOf(reader, { kind: "run", id: runId }),
    mayReadPeople,
  });
  const told = tell(reader, dependencies, { runId, flow, effects, mayReadPeople });
  // What halts a run may be that its facts cannot be read: the page must still say so.
  const { steps, facts } = await (row.halted_since ? told.catch(() => UNREADABLE) : told);
  const [context = null] = mayReadPeople ? await ports.loadContexts(reader, [refOf(row)]) : [];
  const view: RunDetail = {
    ...summary,
    versionId: row.flow_version_id,
    responseId: row.response_id,
    contentKept: row.content_gone_at === null,
    event: context && eventOf(context),
    nodes: flow.nodes.map(({ id, type, title, config }) => ({
      id,
      type,
      title,
      config: { ...config },
      position: version.layout[id] ?? { x: 0, y: 0 },
    })),
    edges: [...flow.edges],
    ...wayShown(row, mayReadAny, { steps, effects, facts }),
    halted: row.halted_since && { since: row.halted_since.toISOString(), code: row.halted_code ?? "unexpected_error" },
    engineUrl: engineLink(row, dependencies),
  };
  return timesShown(view);
}

const mayReadOf = (row: RunListRow, mayReadPeople: boolean): boolean => mayReadPeople && !isOfEmployee(row);

const timesShown = (view: RunDetail): RunDetail => (view.ofEmployee ? byDay(view) : view);

/** Shown while a driver is with it: most runs never have one, and then there is nothing of them in Temporal. */
const engineLink = ({ id, driven }: RunListRow, { engineUrl }: RunViewDependencies): string | null =>
  driven ? engineUrl(id) : null;

const UNREADABLE: Pick<RunDetail, "steps" | "facts"> = { steps: [], facts: [] };

type Way = Pick<RunDetail, "steps" | "effects" | "facts">;

/** None of an employee's run, for who may not read what people say. */
const wayShown = (row: RunListRow, mayReadPeople: boolean, way: Way): Way =>
  isOfEmployee(row) && !mayReadPeople ? { ...UNREADABLE, effects: [] } : way;

async function tell(
  reader: Reader,
  dependencies: RunViewDependencies,
  { runId, flow, effects, mayReadPeople }: Told,
): Promise<Pick<RunDetail, "steps" | "facts">> {
  const stored = await readFacts(reader, runId);
  const closed = stored.map(({ fact }) => fact);
  const { sealer } = dependencies.ports;
  const facts = mayReadPeople ? ((await openFacts(reader, sealer, { runId, facts: stored })) ?? closed) : closed;
  return { steps: stepViews(flow, facts, effects), facts: await factViews(reader, dependencies, facts) };
}

interface Told {
  readonly runId: string;
  readonly flow: PublishedFlow;
  readonly effects: readonly EffectView[];
  readonly mayReadPeople: boolean;
}

export function stepViews(flow: PublishedFlow, facts: readonly Fact[], effects: readonly EffectView[]): StepView[] {
  const { folded, view: viewOf } = interpret(flow, facts);
  const view = viewOf();
  return flow.nodes.map(({ id, type, title }) => {
    const own = facts.filter(({ nodeId }) => nodeId === id);
    const ownEffects = effects.filter(({ nodeId }) => nodeId === id);
    const record = folded.record(id);
    return {
      nodeId: id,
      type,
      title,
      attempts: ownEffects.reduce((sum, { attempts }) => sum + attempts.length, 0),
      values: valuesOf(record),
      waitsUntil: record.until ?? record.asked?.expiresAt ?? null,
      ...progressOf(view.steps[id], own, ownEffects.at(-1)?.message ?? null),
    };
  });
}

const NOT_BEGUN = { state: "pending", output: null, stuck: null } as const;

function progressOf(step: Step | undefined, own: readonly Fact[], lastMessage: string | null) {
  const { state, output, stuck } = step ?? NOT_BEGUN;
  return {
    state,
    output,
    stuck: stuck && stuckView(stuck, lastMessage ?? stuckMessage(own)),
    startedAt: timeOf(own[0]),
    endedAt: output === null ? null : timeOf(own.at(-1)),
  };
}

const stuckView = (
  { code, field, inDoubt }: NonNullable<Step["stuck"]>,
  message: string | null,
): StepView["stuck"] => ({
  code,
  field,
  inDoubt,
  message,
});

const timeOf = (fact: Fact | undefined): string | null => fact?.at ?? null;

/** What later steps may read of this one. */
function valuesOf(record: NodeRecord): Record<string, unknown> | null {
  const all = { ...outputOf(record), ...record.values };
  return Object.keys(all).length > 0 ? all : null;
}

async function factViews(
  reader: Reader,
  { names }: RunViewDependencies,
  facts: readonly Fact[],
): Promise<RunDetail["facts"]> {
  const actors = facts.map(({ data }) => ("by" in data && typeof data.by === "string" ? data.by : null));
  const known = await names(
    reader,
    actors.flatMap((id) => (id ? [id] : [])),
  );
  const hidden = await runsOfEmployees(reader, otherRunsIn(facts));
  return facts.map(({ seq, at, kind, nodeId, data }, index) => ({
    seq,
    at,
    kind,
    nodeId,
    data: Object.fromEntries(Object.entries(data).filter(([, value]) => !hidden.has(String(value)))),
    by: known.get(actors[index] ?? "") ?? null,
  }));
}

/** Runs of the same key: beside an employee's, this one would tell whose it is. */
const otherRunsIn = (facts: readonly Fact[]): string[] =>
  facts.flatMap(({ kind, data }) => {
    if (kind === "passedOver") return [data.runId];
    return kind === "cancelled" && data.replacedBy !== undefined ? [data.replacedBy] : [];
  });

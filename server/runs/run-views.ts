import { outputOf } from "../../workflows/flow/context.js";
import { viewOf } from "../../workflows/flow/interpreter.js";
import { fold } from "../../workflows/flow/fold.js";
import type { Step } from "../../workflows/flow/commands.js";
import type { NodeRecord } from "../../workflows/flow/node-record.js";
import type { Fact } from "../../workflows/flow/facts.js";
import type { PublishedFlow } from "../../workflows/flow/schema.js";
import { effectsOf, messagePlace, requestPlace, type EffectRow } from "../../workflows/ledger/effect-store.js";
import { openFacts, readFacts } from "../../workflows/ledger/fact-store.js";
import { refOf } from "../../workflows/ledger/run-store.js";
import type { ExecutionPorts, Opened } from "../../workflows/ports.js";
import type { Reader } from "../db/database.js";
import { notFound } from "../errors.js";
import { findVersion } from "../flows/flow-store.js";
import type { EffectView, RunDetail, RunSummary, StepView } from "./run-api.js";
import { attemptsOf, findRunRow, type RunListRow } from "./run-store.js";

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
  { rows, mayReadPeople }: { rows: readonly RunListRow[]; mayReadPeople: boolean },
): Promise<RunSummary[]> {
  const cells = rows.map(({ contact_id, contact_name }) => ({
    sealed: mayReadPeople ? contact_name : null,
    place: `contact.name|${contact_id}`,
  }));
  const names = await ports.sealer.open(reader, cells);
  return rows.map((row, index) => ({
    id: row.id,
    flowId: row.flow_id,
    flowName: row.flow_name,
    version: row.version,
    state: row.state,
    outcome: row.outcome,
    contactName: textOf(names[index]),
    score: row.score,
    metric: row.metric,
    sourceName: row.source_name,
    startedAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    inDoubt: row.in_doubt ?? 0,
  }));
}

export async function runDetail(
  reader: Reader,
  dependencies: RunViewDependencies,
  { workspaceId, runId, mayReadPeople }: { workspaceId: string; runId: string; mayReadPeople: boolean },
): Promise<RunDetail> {
  const { ports } = dependencies;
  const row = await findRunRow(reader, workspaceId, runId);
  if (!row) throw notFound("run");
  const [summary] = await runSummaries(reader, { ports }, { rows: [row], mayReadPeople });
  const version = await findVersion(reader, row.flow_version_id);
  if (!summary || !version) throw notFound("run");
  const flow = await ports.publishedFlow(reader, row.flow_version_id);
  const stored = await readFacts(reader, runId);
  const closed = stored.map(({ fact }) => fact);
  const facts = mayReadPeople ? ((await openFacts(reader, ports.sealer, { runId, facts: stored })) ?? closed) : closed;
  const effects = await effectViews(reader, ports, {
    effects: await effectsOf(reader, { kind: "run", id: runId }),
    mayReadPeople,
  });
  const context = mayReadPeople ? await ports.loadContext(reader, refOf(row)) : null;
  return {
    ...summary,
    versionId: row.flow_version_id,
    responseId: row.response_id,
    event: context && { feedback: context.feedback, contact: context.contact, account: context.account },
    nodes: flow.nodes.map(({ id, type, title, config }) => ({
      id,
      type,
      title,
      config: { ...config },
      position: version.layout[id] ?? { x: 0, y: 0 },
    })),
    edges: [...flow.edges],
    steps: stepViews(flow, facts, effects),
    effects,
    facts: await factViews(reader, dependencies, facts),
    engineUrl: dependencies.engineUrl(runId),
  };
}

function stepViews(flow: PublishedFlow, facts: readonly Fact[], effects: readonly EffectView[]): StepView[] {
  const view = viewOf(flow, facts);
  const folded = fold(flow, facts);
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

function stuckMessage(facts: readonly Fact[]): string | null {
  const message = facts.findLast(({ kind }) => kind === "stuck")?.sealed?.["message"];
  return typeof message === "string" ? message : null;
}

async function effectViews(
  reader: Reader,
  ports: ExecutionPorts,
  { effects, mayReadPeople }: { effects: readonly EffectRow[]; mayReadPeople: boolean },
): Promise<EffectView[]> {
  const attempts = await attemptsOf(
    reader,
    effects.map(({ id }) => id),
  );
  const show = (sealed: Buffer | null): Buffer | null => (mayReadPeople ? sealed : null);
  const requests = await ports.sealer.open(
    reader,
    effects.map(({ id, request }) => ({ sealed: show(request), place: requestPlace(id) })),
  );
  const messages = await ports.sealer.open(
    reader,
    effects.map(({ id, message }) => ({ sealed: show(message), place: messagePlace(id) })),
  );
  const attemptMessages = await ports.sealer.open(
    reader,
    attempts.map(({ effect_id, message }) => ({ sealed: show(message), place: messagePlace(effect_id) })),
  );
  const tries = attempts.map((attempt, place) => ({
    effectId: attempt.effect_id,
    view: attemptView(attempt, attemptMessages[place]),
  }));
  return effects.map((effect, index) => ({
    ...effectView(effect),
    message: textOf(messages[index]),
    request: objectOf(requests[index]),
    attempts: tries.filter(({ effectId }) => effectId === effect.id).map(({ view }) => view),
  }));
}

const effectView = (effect: EffectRow): Omit<EffectView, "message" | "request" | "attempts"> => ({
  id: effect.id,
  key: effect.key,
  nodeId: effect.node_id,
  slot: effect.slot,
  iteration: effect.iteration,
  action: effect.action,
  system: effect.action.replace(/\..*$/, ""),
  state: effect.state,
  externalId: effect.external_id,
  url: effect.url,
  code: effect.code,
  retryUntil: effect.retry_until.toISOString(),
  nextTryAt: effect.not_before?.toISOString() ?? null,
});

const attemptView = (
  attempt: Awaited<ReturnType<typeof attemptsOf>>[number],
  message: Opened | undefined,
): EffectView["attempts"][number] => ({
  number: attempt.number,
  startedAt: attempt.started_at.toISOString(),
  endedAt: attempt.ended_at?.toISOString() ?? null,
  kind: attempt.kind,
  outcome: attempt.outcome,
  code: attempt.code,
  message: textOf(message),
});

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
  return facts.map(({ seq, at, kind, nodeId, data }, index) => ({
    seq,
    at,
    kind,
    nodeId,
    data: { ...data },
    by: known.get(actors[index] ?? "") ?? null,
  }));
}

const textOf = (cell: Opened | undefined): string | null =>
  cell && !cell.erased && typeof cell.value === "string" ? cell.value : null;

const objectOf = (cell: Opened | undefined): Record<string, unknown> | null =>
  cell && !cell.erased && typeof cell.value === "object" && cell.value !== null ? { ...cell.value } : null;

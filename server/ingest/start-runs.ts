import { sql } from "kysely";
import type { NewFact } from "../../workflows/flow/facts.js";
import { groupBy } from "../../workflows/flow/group-by.js";
import { runKey } from "../../workflows/ledger/effect-key.js";
import { appendAll, beginning, lockRuns } from "../../workflows/ledger/run-store.js";
import { rowsAs } from "../../workflows/ledger/rows.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import type { JudgedEvent, MatchedFlow } from "./placed-event.js";

export interface StartedRun {
  readonly id: string;
  readonly revision_id: string;
}

/** Of an event, the flows that it starts. */
export interface Starting extends Pick<JudgedEvent, "response" | "revisionId" | "ordinal"> {
  readonly event: { readonly workspaceId: string; readonly source: { readonly id: string } };
  readonly matched: readonly (MatchedFlow & {
    /** The run's own id, where it is known before. */
    readonly runId?: string;
  })[];
}

/**
 * At most one run per flow and response, unless the trigger says "on every change": the unique (flow, response, ordinal) is the
 * judge. Answers those that it let through.
 *
 * Runs with a key get their place in its queue here, in the order of the events: a sequence knows it, whatever the clocks of several
 * processes say. A join would bring the rows in another order, so what the contact allows is asked row by row.
 */
export async function startRuns(tx: Tx, judged: readonly Starting[]): Promise<readonly StartedRun[]> {
  const runs = judged.flatMap(({ matched, ...placed }) =>
    matched.map((flow) => ({ ...placed, ...flow, ordinal: flow.onEveryChange ? placed.ordinal : 0 })),
  );
  if (runs.length === 0) return [];
  const { rows } = await sql<StartedRun>`
    insert into run (id, workspace_id, flow_id, flow_version_id, response_id, revision_id, ordinal, subject_id, key, flow_key,
      purpose, turn, withheld, state, due_at, created_at)
    select started.id, started.workspace_id, started.flow_id, started.flow_version_id, started.response_id,
      started.revision_id, started.ordinal, started.subject_id, started.key, started.flow_key, started.purpose,
      case when started.flow_key is not null then nextval('run_turn') end,
      case when started.contact_id is null then lw_withheld(started.purpose, null, null, null) else (
        select lw_withheld(started.purpose, contact.restricted_at, contact.objections, contact.consents)
        from contact where contact.id = started.contact_id) end,
      'queued', lw_now(), lw_now() from ${rowsAs("started", runs, {
        id: ["uuid", ({ runId }) => runId ?? uuidv7()],
        workspace_id: ["uuid", ({ event }) => event.workspaceId],
        flow_id: ["uuid", ({ flowId }) => flowId],
        flow_version_id: ["uuid", ({ versionId }) => versionId],
        response_id: ["uuid", ({ response }) => response.id],
        revision_id: ["uuid", ({ revisionId }) => revisionId],
        ordinal: ["int", ({ ordinal }) => ordinal],
        subject_id: ["uuid", ({ response }) => response.subject_id],
        key: [
          "text",
          ({ event, response, ...run }) =>
            runKey({ sourceId: event.source.id, externalId: response.external_id, ...run }),
        ],
        flow_key: ["bytea", ({ flowKey }) => flowKey],
        purpose: ["text", ({ purpose }) => purpose],
        contact_id: ["uuid", ({ response }) => response.contact_id],
      })}
    on conflict (flow_id, response_id, ordinal) do nothing
    returning id, revision_id`.execute(tx);
  return rows;
}

/** A revision of a response that was there before. */
export interface LaterRevision {
  readonly responseId: string;
  readonly revisionId: string;
  /** From 1. */
  readonly ordinal: number;
}

/**
 * A later revision of a response: every open run of it that an earlier one started learns of it, whether or not the trigger would
 * match again. A run that has not begun is begun here: somebody may be deciding its first step by the older words at this moment,
 * and only a run that has moved makes them look again. It keeps the revision that started it: a redelivery of that one is answered with
 * this run.
 */
export async function tellOpenRuns(tx: Tx, vault: Vault, revisions: readonly LaterRevision[]): Promise<void> {
  if (revisions.length === 0) return;
  const { rows: told } = await sql<{ run_id: string; revision_id: string }>`
    select run.id as run_id, later.revision_id from ${rowsAs("later", revisions, {
      response_id: ["uuid", ({ responseId }) => responseId],
      revision_id: ["uuid", ({ revisionId }) => revisionId],
      ordinal: ["int", ({ ordinal }) => ordinal],
    })} join run on run.response_id = later.response_id
    where run.finished_at is null and not exists (
      select from revision where revision.id = run.revision_id and revision.ordinal >= later.ordinal)
    order by run.id, later.ordinal`.execute(tx);
  const revisionsOf = groupBy(
    told,
    ({ run_id }) => run_id,
    ({ revision_id }) => revision_id,
  );
  const locked = await lockRuns(tx, [...revisionsOf.keys()]);
  const open = [...locked.values()].filter(({ finished_at }) => !finished_at);
  await appendAll(
    tx,
    vault,
    open.map((run) => ({
      run,
      change: { facts: [...beginning(run), ...(revisionsOf.get(run.id) ?? []).map(revised)], dueAt: "now" },
    })),
  );
}

const revised = (revisionId: string): NewFact => ({ kind: "revised", nodeId: null, data: { revisionId } });

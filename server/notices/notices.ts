import { sql } from "kysely";
import type { PlannedEffect } from "../../workflows/flow/evaluate.js";
import { insertEffects } from "../../workflows/ledger/effect-store.js";
import { ownerOfNotice } from "../../workflows/ledger/owner.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Incident } from "../../workflows/ports.js";
import { audit } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import type { FlowTables } from "../flows/flow-tables.js";
import type { Vault } from "../privacy/vault.js";
import { settingsSchema } from "../settings/settings-api.js";

export interface NoticeDependencies {
  readonly vault: Vault;
  readonly installationId: string;
  readonly publicUrl: string;
}

/** What people are told in the chosen Slack channel. */
interface Notice {
  readonly workspaceId: string;
  readonly kind: string;
  readonly about: { readonly kind: string; readonly id: string };
  /** Nothing personal: a channel has readers of its own. */
  readonly text: string;
}

const TRY_FOR_MS = 24 * 3_600_000;

/** Notices are effects like any other: kept with the incident, sent durably, once. Without a chosen channel they stand in the product only. */
export function createNotices(dependencies: NoticeDependencies) {
  const { publicUrl } = dependencies;
  const tell = (tx: Tx, notice: Notice): Promise<void> => storeNotice(tx, dependencies, notice);

  return {
    async incident(tx: Tx, { workspaceId, kind, about, nodeId, code }: Incident): Promise<void> {
      await audit(tx, {
        workspaceId,
        actor: { kind: "system", id: null },
        action: `incident.${kind}`,
        target: { kind: about.kind, id: about.id },
        data: { nodeId, code },
      });
      const flowName = about.kind === "run" ? await flowNameOf(tx, about.id) : null;
      await tell(tx, {
        workspaceId,
        kind,
        about,
        text: textOf[kind]({ flowName, code, url: `${publicUrl}/runs/${about.id}` }),
      });
    },

    /** A connection's credentials were refused: everything that needs it waits. */
    async connectionBroken(
      tx: Tx,
      connection: { id: string; workspaceId: string; name: string; code: string },
    ): Promise<void> {
      const text = `The connection "${connection.name}" was refused (${connection.code}). What needs it waits. Mend it: ${publicUrl}/connections`;
      await tell(tx, {
        workspaceId: connection.workspaceId,
        kind: "connection_broken",
        about: { kind: "connection", id: connection.id },
        text,
      });
    },
  };
}

async function storeNotice(tx: Tx, { vault, installationId }: NoticeDependencies, notice: Notice): Promise<void> {
  const channel = await noticeChannel(tx, notice.workspaceId);
  if (!channel) return;
  const [id, subjectId] = [uuidv7(), uuidv7()];
  await vault.createSubjects(tx, [{ id: subjectId, workspaceId: notice.workspaceId, kind: "notice" }]);
  const row = await tx
    .withTables<LedgerTables>()
    .insertInto("notice")
    .values({
      id,
      workspace_id: notice.workspaceId,
      subject_id: subjectId,
      kind: notice.kind,
      about_kind: notice.about.kind,
      about_id: notice.about.id,
      due_at: sql<Date>`lw_now()`,
      created_at: sql<Date>`lw_now()`,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const owner = ownerOfNotice(row);
  const effects = [postOf(channel, notice.text)];
  if (owner) await insertEffects(tx, { sealer: vault, installationId }, { owner, effects });
}

export type Notices = ReturnType<typeof createNotices>;

interface Words {
  readonly flowName: string | null;
  readonly code: string;
  readonly url: string;
}

const textOf: Record<Incident["kind"], (words: Words) => string> = {
  run_stuck: ({ flowName, code, url }) =>
    `A run of "${flowName ?? "a flow"}" is stuck (${code}) and needs somebody: ${url}`,
  effect_doubled: ({ flowName, code, url }) =>
    `Something of "${flowName ?? "a flow"}" seems to have happened twice (${code}). Look at it: ${url}`,
};

function postOf(channel: { connectionId: string; channel: string }, text: string): PlannedEffect {
  return {
    effectId: uuidv7(),
    nodeId: "notice",
    slot: "main",
    iteration: 0,
    action: "slack.postMessage@1",
    connectionId: channel.connectionId,
    input: { channel: channel.channel, text },
    retryUntil: new Date(Date.now() + TRY_FOR_MS),
    onAmbiguous: "park",
    closing: false,
  };
}

async function noticeChannel(tx: Tx, workspaceId: string) {
  const db = tx.withTables<FlowTables>();
  const row = await db.selectFrom("workspace").select("settings").where("id", "=", workspaceId).executeTakeFirst();
  const settings = settingsSchema.safeParse(row?.settings);
  return settings.success ? settings.data.noticeChannel : null;
}

async function flowNameOf(tx: Tx, runId: string): Promise<string | null> {
  const row = await tx
    .withTables<LedgerTables & FlowTables>()
    .selectFrom("run")
    .innerJoin("flow", "flow.id", "run.flow_id")
    .select("flow.name")
    .where("run.id", "=", runId)
    .executeTakeFirst();
  return row?.name ?? null;
}

import type { LedgerTables } from "../../workflows/ledger/tables.js";
import type { Incident } from "../../workflows/ports.js";
import { audit } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import type { FlowTables } from "../flows/flow-tables.js";
import type { Vault } from "../privacy/vault.js";
import { storedSettings } from "../settings/settings.js";
import { storeNotice } from "./store-notice.js";

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

/** Notices are effects like any other: kept with the incident, sent durably, once. Without a chosen channel they stand in the product only. */
export function createNotices(dependencies: NoticeDependencies) {
  const { publicUrl } = dependencies;
  const tell = (tx: Tx, notice: Notice): Promise<void> => post(tx, dependencies, notice);

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

/** Without a chosen channel it stands in the product only. */
async function post(
  tx: Tx,
  dependencies: NoticeDependencies,
  { workspaceId, kind, about, text }: Notice,
): Promise<void> {
  const chosen = await noticeChannel(tx, workspaceId);
  if (!chosen) return;
  const { connectionId, channel } = chosen;
  const effect = { nodeId: "notice", action: "slack.postMessage@1", connectionId, input: { channel, text } };
  await storeNotice(tx, dependencies, { workspaceId, kind, about, effect });
}

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

async function noticeChannel(tx: Tx, workspaceId: string) {
  return (await storedSettings(tx, workspaceId)).noticeChannel;
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

import { z } from "zod";
import { audit } from "../audit/audit.js";
import { findConnection } from "../connections/connection-store.js";
import type { Reader, Tx } from "../db/database.js";
import { badRequest } from "../errors.js";
import type { Actor } from "../http/route.js";
import type { MemberTables } from "../members/member-tables.js";
import { settingsSchema, type Settings } from "./settings-api.js";

/** What is not set yet, and what later versions add, reads as its default. */
const storedSchema = settingsSchema.catch({ noticeChannel: null });

/** A channel of a connection that is gone is no channel. */
export async function readSettings(reader: Reader, workspaceId: string): Promise<Settings> {
  const { settings } = await reader
    .withTables<MemberTables>()
    .selectFrom("workspace")
    .select("settings")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  const { noticeChannel } = storedSchema.parse(settings);
  const connection = noticeChannel && (await findConnection(reader, noticeChannel.connectionId));
  return { noticeChannel: connection ? noticeChannel : null };
}

const objectSchema = z.record(z.string(), z.unknown());

export async function saveSettings(tx: Tx, actor: Actor, settings: Settings): Promise<void> {
  const { workspaceId } = actor;
  await refuseForeignChannel(tx, workspaceId, settings);
  const db = tx.withTables<MemberTables>();
  const stored = await db
    .selectFrom("workspace")
    .select("settings")
    .where("id", "=", workspaceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const merged = JSON.stringify({ ...objectSchema.parse(stored.settings), ...settings });
  await db.updateTable("workspace").set({ settings: merged }).where("id", "=", workspaceId).execute();
  await audit(tx, {
    workspaceId,
    actor: { kind: actor.kind, id: actor.id },
    action: "settings.changed",
    target: { kind: "workspace", id: workspaceId },
  });
}

async function refuseForeignChannel(tx: Tx, workspaceId: string, { noticeChannel }: Settings): Promise<void> {
  if (!noticeChannel) return;
  const connection = await findConnection(tx, noticeChannel.connectionId);
  if (connection?.workspace_id === workspaceId && connection.connector === "slack") return;
  throw badRequest("invalid_request", "Choose a Slack connection of this workspace.", {
    fields: { "noticeChannel.connectionId": "is not a Slack connection of this workspace" },
  });
}

import { z } from "zod";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import { findConnection } from "../connections/connection-store.js";
import type { Reader, Tx } from "../db/database.js";
import { badRequest } from "../errors.js";
import type { Actor } from "../http/route.js";
import { countMembersWho } from "../members/member-store.js";
import type { MemberTables } from "../members/member-tables.js";
import { settingsSchema, type Settings, type SettingsChange, type SettingsReply } from "./settings-api.js";

/** As few as are hard to tell apart among colleagues. */
const USUAL_EMPLOYEES = 5;

/** What is not set yet, and what later versions add, reads as its default. */
const storedSchema = z.object({
  noticeChannel: settingsSchema.shape.noticeChannel.catch(null),
  fourEyes: settingsSchema.shape.fourEyes.catch(false),
  employeeGroup: settingsSchema.shape.employeeGroup.catch(USUAL_EMPLOYEES),
});

export async function storedSettings(reader: Reader, workspaceId: string): Promise<Settings> {
  const { settings } = await selectSettings(reader, workspaceId).executeTakeFirstOrThrow();
  return storedSchema.parse(settings);
}

const selectSettings = (reader: Reader, workspaceId: string) =>
  reader.withTables<MemberTables>().selectFrom("workspace").select("settings").where("id", "=", workspaceId);

export const hasFourEyes = async (reader: Reader, workspaceId: string): Promise<boolean> =>
  (await storedSettings(reader, workspaceId)).fourEyes;

/** A channel of a connection that is gone is no channel. */
export async function readSettings(reader: Reader, workspaceId: string): Promise<SettingsReply> {
  const { noticeChannel, ...settings } = await storedSettings(reader, workspaceId);
  const connection = noticeChannel && (await findConnection(reader, noticeChannel.connectionId));
  const publishers = await countMembersWho(reader, workspaceId, "flows:publish");
  return { ...settings, noticeChannel: connection ? noticeChannel : null, publishers };
}

const objectSchema = z.record(z.string(), z.unknown());

export async function saveSettings(tx: Tx, actor: Actor, change: SettingsChange): Promise<void> {
  const { workspaceId } = actor;
  await refuseForeignChannel(tx, workspaceId, change);
  const { settings: stored } = await selectSettings(tx, workspaceId).forUpdate().executeTakeFirstOrThrow();
  const merged = JSON.stringify({ ...objectSchema.parse(stored), ...change });
  const db = tx.withTables<MemberTables>();
  await db.updateTable("workspace").set({ settings: merged }).where("id", "=", workspaceId).execute();
  if (change.noticeChannel !== undefined) await record(tx, actor, "settings.changed");
  const { fourEyes, employeeGroup } = storedSchema.parse(stored);
  if (change.fourEyes !== undefined && change.fourEyes !== fourEyes)
    await record(tx, actor, change.fourEyes ? "settings.four_eyes_on" : "settings.four_eyes_off");
  if (change.employeeGroup !== undefined && change.employeeGroup !== employeeGroup)
    await record(tx, actor, "settings.employee_group_changed", { from: employeeGroup, to: change.employeeGroup });
}

const record = (
  tx: Tx,
  actor: Actor,
  action: AuditAction,
  data: Readonly<Record<string, number>> = {},
): Promise<void> => auditBy(tx, actor, { action, target: { kind: "workspace", id: actor.workspaceId }, data });

async function refuseForeignChannel(tx: Tx, workspaceId: string, { noticeChannel }: SettingsChange): Promise<void> {
  if (!noticeChannel) return;
  const connection = await findConnection(tx, noticeChannel.connectionId);
  if (connection?.workspace_id === workspaceId && connection.connector === "slack") return;
  throw badRequest("invalid_request", "Choose a Slack connection of this workspace.", {
    fields: { "noticeChannel.connectionId": "is not a Slack connection of this workspace" },
  });
}

import { sql } from "kysely";
import { fromNow } from "../../workflows/ledger/clock.js";
import type { Reader, Tx } from "../db/database.js";
import type { Actor } from "../http/route.js";
import type { SignInMethod } from "./member-api.js";
import { reachOfMember } from "./member-reach.js";
import type { MemberTables } from "./member-tables.js";
import { hashToken, randomToken } from "./random-token.js";
import { isEverything } from "./reach.js";

/** A session ends half an hour after the last request, and twelve hours after sign-in whatever happens. */
export const SESSION_MS = { idle: 30 * 60_000, total: 12 * 60 * 60_000 };
/** A request moves `last_seen_at` only when it is older than this, so that reading does not write. */
const SEEN_EVERY_MS = 60_000;

export async function startSession(tx: Tx, memberId: string, method: SignInMethod): Promise<string> {
  const token = randomToken();
  await tx
    .withTables<MemberTables>()
    .insertInto("session")
    .values({
      token_hash: hashToken(token),
      member_id: memberId,
      method,
      created_at: sql`lw_now()`,
      last_seen_at: sql`lw_now()`,
      expires_at: fromNow(SESSION_MS.total),
    })
    .execute();
  return token;
}

/** Whose session this is; null when it ended or its member was put out. Being asked keeps it alive. */
export async function sessionActor(reader: Reader, token: string): Promise<Actor | null> {
  const actor = await lookAtSession(reader, token);
  if (actor) await noteSeen(reader, token);
  return actor;
}

const noteSeen = (reader: Reader, token: string) =>
  reader
    .withTables<MemberTables>()
    .updateTable("session")
    .set({ last_seen_at: sql`lw_now()` })
    .where("token_hash", "=", hashToken(token))
    .where("last_seen_at", "<", fromNow(-SEEN_EVERY_MS))
    .execute();

/** The same, and it ends when it would have ended: what asks by itself is nobody's presence. */
export async function lookAtSession(reader: Reader, token: string): Promise<Actor | null> {
  const row = await reader
    .withTables<MemberTables>()
    .selectFrom("session")
    .innerJoin("member", "member.id", "session.member_id")
    .select(["member.id", "member.workspace_id", "member.role"])
    .where("session.token_hash", "=", hashToken(token))
    .where("session.expires_at", ">", sql<Date>`lw_now()`)
    .where("session.last_seen_at", ">", fromNow(-SESSION_MS.idle))
    .where("member.active", "=", true)
    .executeTakeFirst();
  if (!row) return null;
  const reach = await reachOfMember(reader, row);
  return {
    ...{ kind: "member", id: row.id, workspaceId: row.workspace_id, role: row.role },
    ...(!isEverything(reach) && { scope: { reach } }),
  };
}

/** Ends this session, and sweeps out those that ended by themselves. */
export async function endSession(tx: Tx, token: string): Promise<void> {
  const db = tx.withTables<MemberTables>();
  await db.deleteFrom("session").where("token_hash", "=", hashToken(token)).execute();
  await db
    .deleteFrom("session")
    .where("expires_at", "<", sql<Date>`lw_now()`)
    .execute();
}

/** Of a session that was just believed. */
export async function isByLink(reader: Reader, token: string): Promise<boolean> {
  const row = await reader
    .withTables<MemberTables>()
    .selectFrom("session")
    .select("method")
    .where("token_hash", "=", hashToken(token))
    .executeTakeFirst();
  return row?.method === "link";
}

/** Those that a person may still use, the newest first. */
export const listSessions = (reader: Reader, memberId: string) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("session")
    .selectAll()
    .where("member_id", "=", memberId)
    .where("expires_at", ">", sql<Date>`lw_now()`)
    .where("last_seen_at", ">", fromNow(-SESSION_MS.idle))
    .orderBy("created_at", "desc")
    .execute();

interface Ending {
  readonly memberId: string;
  /** Only this one. */
  readonly id?: string;
  /** All but the one with this token. */
  readonly except?: string | undefined;
}

/** Answers the ids of those that it ended. */
export async function endSessions(tx: Tx, { memberId, id, except }: Ending): Promise<string[]> {
  const rows = await tx
    .withTables<MemberTables>()
    .deleteFrom("session")
    .where("member_id", "=", memberId)
    .$if(id !== undefined, (query) => query.where("id", "=", id ?? ""))
    .$if(except !== undefined, (query) => query.where("token_hash", "!=", hashToken(except ?? "")))
    .returning("id")
    .execute();
  return rows.map((row) => row.id);
}

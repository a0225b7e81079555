import { sql } from "kysely";
import { expect } from "vitest";
import { z } from "zod";
import { transact } from "../../../workflows/ledger/transact.js";
import type { Role } from "../../members/member-api.js";
import { startSession } from "../../members/sessions.js";
import { teamSchema, type SaveTeam } from "../../members/team-api.js";
import { clientOf, type Client } from "../../testing/http.js";
import type { Product } from "./product.js";

/** Nobody is in it, and it sees everything. */
export const NO_LIMITS: SaveTeam = {
  ...{ name: "", flowIds: null, sourceIds: null, connectionIds: null },
  ...{ segment: [], accountIds: null, memberIds: [] },
};

export async function makeTeam(api: Client, wanted: Partial<SaveTeam> & { readonly name: string }): Promise<string> {
  const made = await api("POST", "/api/teams", { ...NO_LIMITS, ...wanted });
  expect(made.status, made.text).toBe(201);
  return teamSchema.parse(made.json).id;
}

export interface SomeMember {
  readonly id: string;
  readonly cookie: string;
  readonly as: Client;
}

let people = 0;
export async function aMember(product: Product, api: Client, role: Role): Promise<SomeMember> {
  const email = `${role}-${String(++people)}@example.org`;
  const invited = await api("POST", "/api/members", { name: `A ${role}`, email, role: "viewer" });
  const { id } = z.object({ member: z.object({ id: z.string() }) }).parse(invited.json).member;
  // Not by the API: a token makes nobody who may do more than itself.
  await sql`update member set role = ${role} where id = ${id}`.execute(product.database.db);
  const cookie = `lw_session=${await transact(product.database.db, (tx) => startSession(tx, id, "link"))}`;
  return { id, cookie, as: clientOf(product.url, { cookie, origin: product.url }) };
}

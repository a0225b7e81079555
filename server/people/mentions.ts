import { sql } from "kysely";
import { findPersonalData } from "../../workflows/flow/personal-data.js";
import { insertRows } from "../../workflows/ledger/rows.js";
import type { Reader, Tx } from "../db/database.js";
import { normaliseEmail } from "../privacy/normalise-email.js";
import type { Vault } from "../privacy/vault.js";

/** Said in a response that is being stored. */
export interface SaidText {
  readonly workspaceId: string;
  readonly responseId: string;
  readonly comment: string | null;
  /** Of an author who is no contact, because a number alone makes none. */
  readonly phone: string | null;
}

const PHONE_DIGITS = 9;

/** Two ways to write one number, with its country's code or without, end alike. */
export const endOfNumber = (phone: string): string => phone.replace(/\D/g, "").slice(-PHONE_DIGITS);

/** What an address or a number is blinded as; null for what is neither. */
export function mentionName(value: string): string | null {
  if (value.includes("@")) return `mention|email|${normaliseEmail(value)}`;
  const end = endOfNumber(value);
  return end.length < PHONE_DIGITS ? null : `mention|phone|${end}`;
}

const namesIn = (comment: string | null): string[] =>
  comment === null
    ? []
    : findPersonalData(comment)
        .filter(({ kind }) => kind === "email" || kind === "phone")
        .flatMap(({ value }) => mentionName(value) ?? []);

const namesOf = ({ comment, phone }: SaidText): string[] => [
  ...namesIn(comment),
  ...(phone === null ? [] : [mentionName(phone) ?? []].flat()),
];

export async function noteMentions(tx: Tx, vault: Vault, said: readonly SaidText[]): Promise<void> {
  const named = said.flatMap((one) => [...new Set(namesOf(one))].map((name) => ({ ...one, name })));
  if (named.length === 0) return;
  const rows = await Promise.all(
    named.map(async (one) => ({ ...one, blind: await vault.blind(tx, one.workspaceId, one.name) })),
  );
  await insertRows(tx, {
    into: "mention",
    rows,
    columns: {
      workspace_id: ["uuid", ({ workspaceId }) => workspaceId],
      blind: ["bytea", ({ blind }) => blind],
      response_id: ["uuid", ({ responseId }) => responseId],
    },
    conflict: "is passed over",
  });
}

/** Ids of responses whose words hold it. */
export async function mentionsOf(reader: Reader, vault: Vault, workspaceId: string, value: string): Promise<string[]> {
  const name = mentionName(value);
  if (name === null) return [];
  const blind = await vault.blind(reader, workspaceId, name);
  const { rows } = await sql<{ response_id: string }>`
    select response_id from mention where workspace_id = ${workspaceId} and blind = ${blind}`.execute(reader);
  return rows.map(({ response_id }) => response_id);
}

import { sql } from "kysely";
import { z } from "zod";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Db } from "./database.js";

/**
 * One process asks, another answers, by notifications: for what an api may not do itself and a person waits for. Nothing is stored
 * and nothing is promised: a question that nobody hears times out. Bytes only; who may read them is the callers' business.
 */
export const QUESTION_CHANNEL = "lw_question";
export const ANSWER_CHANNEL = "lw_answer";

/** PostgreSQL takes notifications below 8,000 bytes; the rest of a part is its frame. */
const PART_CHARACTERS = 7_500;
const MOST_PARTS = 64;
/** Parts whose others never come are forgotten. */
const PARTS_MS = 60_000;

const partSchema = z.object({
  id: z.uuid(),
  part: z.number().int().min(0),
  of: z.number().int().min(1).max(MOST_PARTS),
  text: z.string(),
});

export interface Message {
  readonly id: string;
  readonly bytes: Buffer;
}

/** In one statement, so that the parts stand together. */
export async function say(db: Db, channel: string, { id, bytes }: Message): Promise<void> {
  const text = bytes.toString("base64");
  const of = Math.max(1, Math.ceil(text.length / PART_CHARACTERS));
  if (of > MOST_PARTS) throw new Error(`a message of ${text.length} characters is too long to be told`);
  const parts = Array.from({ length: of }, (_, part) =>
    JSON.stringify({ id, part, of, text: text.slice(part * PART_CHARACTERS, (part + 1) * PART_CHARACTERS) }),
  );
  await sql`select pg_notify(${channel}, part) from unnest(${parts}::text[]) as part`.execute(db);
}

/** Puts the parts together; tells each message once it is whole. */
export function hearWhole(onMessage: (message: Message) => void): (payload: string) => void {
  const heard = new Map<string, { readonly texts: string[]; readonly since: number }>();
  return (payload) => {
    const parsed = partSchema.safeParse(parseJson(payload));
    if (!parsed.data) return;
    const { id, part, of, text } = parsed.data;
    forgetOld(heard);
    const entry = heard.get(id) ?? { texts: [], since: Date.now() };
    heard.set(id, entry);
    entry.texts[part] = text;
    if (Object.keys(entry.texts).length < of) return;
    heard.delete(id);
    onMessage({ id, bytes: Buffer.from(entry.texts.join(""), "base64") });
  };
}

function forgetOld(heard: Map<string, { readonly since: number }>): void {
  for (const [id, { since }] of heard) if (Date.now() - since > PARTS_MS) heard.delete(id);
}

export interface Asker {
  /** The first answer; null when none came in time. `seal` is given the question's id, to bind the bytes to it. */
  ask(seal: (id: string) => Buffer, timeoutMs: number): Promise<Message | null>;
  /** What the listener hears on `ANSWER_CHANNEL`. */
  readonly hear: (payload: string) => void;
}

export function createAsker(db: Db): Asker {
  const waiting = new Map<string, (message: Message | null) => void>();
  return {
    async ask(seal, timeoutMs) {
      const id = uuidv7();
      const answered = new Promise<Message | null>((resolve) => waiting.set(id, resolve));
      const timer = setTimeout(() => waiting.get(id)?.(null), timeoutMs);
      try {
        await say(db, QUESTION_CHANNEL, { id, bytes: seal(id) });
        return await answered;
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
    hear: hearWhole((message) => waiting.get(message.id)?.(message)),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

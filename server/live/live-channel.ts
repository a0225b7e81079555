import { z } from "zod";
import { liveEventSchema, type LiveEvent } from "./live-api.js";

export const LIVE_CHANNEL = "lw_live";

/** PostgreSQL takes notifications below 8,000 bytes. */
export const MOST_BYTES = 7_900;
/** So many ids at once are told as "all": whoever looks on reads the list again anyway. */
const MOST_IDS = 200;

const payloadSchema = z.object({ w: z.string(), topic: liveEventSchema.shape.topic, ids: z.array(z.string()) });

export interface Told {
  readonly workspaceId: string;
  readonly event: LiveEvent;
}

/** As few notifications as their size allows. */
export function toPayloads({ workspaceId, event: { topic, ids } }: Told): string[] {
  const told = ids.length > MOST_IDS ? [] : ids;
  const whole = JSON.stringify({ w: workspaceId, topic, ids: told });
  if (Buffer.byteLength(whole) <= MOST_BYTES) return [whole];
  const half = Math.ceil(told.length / 2);
  if (half === told.length) throw new Error("one id is too long for a notification");
  const parts = [told.slice(0, half), told.slice(half)];
  return parts.flatMap((part) => toPayloads({ workspaceId, event: { topic, ids: part } }));
}

/** Null for what an older or newer version of us tells in another way. */
export function fromPayload(payload: string): Told | null {
  const parsed = payloadSchema.safeParse(parseJson(payload));
  return parsed.data ? { workspaceId: parsed.data.w, event: { topic: parsed.data.topic, ids: parsed.data.ids } } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { createHash } from "node:crypto";

const EVENT_TYPE = "loopwright_effect";

/** Message metadata is readable by members and apps of the workspace, so it holds the opaque key and nothing else. */
export const effectMark = (key: string): object => ({ event_type: EVENT_TYPE, event_payload: { k: key } });

export interface Marked {
  readonly metadata?:
    { readonly event_type: string; readonly event_payload: Readonly<Record<string, unknown>> } | undefined;
}

export const carries = ({ metadata }: Marked, key: string): boolean =>
  metadata?.event_type === EVENT_TYPE && metadata.event_payload["k"] === key;

/**
 * The same key always gives the same UUID. Slack names `client_msg_id` in an error of chat.postMessage but documents it nowhere
 * as an argument: a bonus where it works, never relied upon.
 */
export function clientMessageId(key: string): string {
  const hex = createHash("sha256").update(key).digest("hex");
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join("-");
}

import { channelForReading } from "../channels.js";
import { groupThreads, showInHistory } from "../messages.js";
import type { MethodCall, SlackMethod } from "../method.js";
import { SlackRefusal } from "../refusal.js";
import type { MessageRow } from "../rows.js";
import { parseTs } from "../state.js";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 999;

interface Window {
  readonly oldest: number;
  readonly latest: number;
  readonly inclusive: boolean;
  readonly limit: number;
  /** Messages from here on, for history older and for replies newer ones. */
  readonly cursor: number | undefined;
}

const encodeCursor = (ts: string): string => Buffer.from(`next_ts:${ts}`).toString("base64");

const decodeCursor = (cursor: string | undefined): number | undefined => {
  if (cursor === undefined || cursor === "") return undefined;
  const ts = /^next_ts:(\d+\.\d+)$/.exec(Buffer.from(cursor, "base64").toString("utf8"))?.[1];
  if (ts === undefined) throw new SlackRefusal("invalid_cursor");
  return parseTs(ts);
};

const readWindow = ({ args }: MethodCall): Window => {
  const limit = args.number("limit") ?? DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) throw new SlackRefusal("invalid_limit");
  const latest = args.text("latest");
  return {
    oldest: parseTs(args.text("oldest") ?? "0"),
    latest: latest === undefined || latest === "" ? Infinity : parseTs(latest),
    inclusive: args.flag("inclusive"),
    limit,
    cursor: decodeCursor(args.text("cursor")),
  };
};

const within =
  ({ oldest, latest, inclusive }: Window) =>
  (message: MessageRow): boolean => {
    const ts = parseTs(message.ts);
    return inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
  };

interface Page {
  readonly shown: readonly MessageRow[];
  readonly next: MessageRow | undefined;
}

const cut = (
  messages: readonly MessageRow[],
  window: Window,
  isBefore: (ts: number, cursor: number) => boolean,
): Page => {
  const { cursor, limit } = window;
  const from = cursor === undefined ? messages : messages.filter((row) => !isBefore(parseTs(row.ts), cursor));
  return { shown: from.slice(0, limit), next: from[limit] };
};

const nextPage = (next: MessageRow | undefined): Record<string, unknown> =>
  next === undefined
    ? { has_more: false }
    : { has_more: true, response_metadata: { next_cursor: encodeCursor(next.ts) } };

const refuseWhenUnavailable = ({ state }: MethodCall): void => {
  const fault = state.world.standingFault("slack", "history_unavailable");
  if (fault === undefined) return;
  throw new SlackRefusal(typeof fault["error"] === "string" ? fault["error"] : "internal_error");
};

const readable = (call: MethodCall): readonly MessageRow[] => {
  refuseWhenUnavailable(call);
  const channel = channelForReading(call.state, call.token, call.args.need("channel"), "history");
  return call.state.channelMessages(channel.id).filter((message) => message.ephemeralTo === undefined);
};

/** Newest first; replies live in their thread only. */
const history = (call: MethodCall): Record<string, unknown> => {
  const window = readWindow(call);
  const all = readable(call);
  const roots = all
    .filter((row) => row.threadTs === undefined || row.threadTs === row.ts)
    .filter(within(window))
    .reverse();
  const page = cut(roots, window, (ts, cursor) => ts > cursor);
  const listing = {
    state: call.state,
    withMetadata: call.args.flag("include_all_metadata"),
    threads: groupThreads(all),
  };
  return { messages: page.shown.map((row) => showInHistory(row, listing)), ...nextPage(page.next), pin_count: 0 };
};

/** The parent, then its replies, oldest first; the parent comes whatever the window is. */
const replies = (call: MethodCall): Record<string, unknown> => {
  const window = readWindow(call);
  const all = readable(call);
  const ts = call.args.need("ts");
  const parent = all.find((message) => message.ts === ts);
  if (parent === undefined) throw new SlackRefusal("thread_not_found");
  const threads = groupThreads(all);
  const thread = [parent, ...(threads.get(ts) ?? []).filter(within(window))];
  const page = cut(thread, window, (rowTs, cursor) => rowTs < cursor);
  const listing = { state: call.state, withMetadata: call.args.flag("include_all_metadata"), threads };
  return { messages: page.shown.map((row) => showInHistory(row, listing)), ...nextPage(page.next) };
};

export const historyMethods: Readonly<Record<string, SlackMethod>> = {
  "conversations.history": { writes: false, token: "bot", scopes: [], run: history },
  "conversations.replies": { writes: false, token: "bot", scopes: [], run: replies },
};

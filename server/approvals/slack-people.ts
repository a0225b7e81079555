import {
  slackConfigSchema,
  slackSecretSchema,
  type SlackConfig,
  type SlackSecret,
} from "../../integrations/slack/config.js";
import { peopleOptions } from "../../integrations/slack/options.js";
import type { OpenConnection, PickerOption } from "../../integrations/connector.js";
import type { InboundConnection } from "../connections/connection-execution.js";

export interface SlackPeopleDependencies {
  readonly connections: () => Promise<readonly SlackAccount[]>;
  readonly onProblem: (error: unknown) => void;
  /** How long until a list that could not be read is asked for again; doubled each time. */
  readonly retryMs?: number;
}

export type SlackAccount = Pick<InboundConnection, "id" | "state" | "config" | "secret" | "http">;

interface Whom {
  readonly connectionId: string;
}

const DEADLINE_MS = 20_000;
const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 600_000;

/**
 * Slack says of whoever pressed a button only their handle, and leaves no time to ask. So the names of a connection's people (the
 * first couple of hundred) are read ahead: of every connection when the api starts, of one when it changes. Kept in memory only: nobody is
 * stored before they act.
 */
export function createSlackPeople({ connections, onProblem, retryMs = RETRY_MS }: SlackPeopleDependencies) {
  const known = new Map<string, string>();
  const unread = createUnread();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let last = Promise.resolve();

  /** One after the other: who is added while the connections are being read is not among them. */
  const inTurn = (work: () => Promise<void>): Promise<void> => (last = last.then(work));

  function keep(connectionId: string, people: readonly PickerOption[]): void {
    for (const { value, label } of people) known.set(keyOf(connectionId, value), label);
  }

  /** Only the first failure is told: a connection that broke says so by itself. */
  async function readUnread(isFirst: boolean): Promise<void> {
    const working = (await connections()).filter(({ state }) => state === "ok");
    const found = unread.take(working);
    const read = await Promise.allSettled(found.map(readOne));
    const failures = read.filter((one) => one.status === "rejected");
    if (isFirst) for (const { reason } of failures) onProblem(reason);
  }

  async function readOne(account: SlackAccount): Promise<void> {
    keep(account.id, await listPeople(account, ""));
    unread.markRead(account.id);
  }

  async function readAndRetry(isFirst = true, waitMs = retryMs): Promise<void> {
    clearTimeout(timer);
    await readUnread(isFirst).catch(onProblem);
    if (closed || unread.isEmpty()) return;
    timer = setTimeout(() => void inTurn(() => readAndRetry(false, Math.min(waitMs * 2, LONGEST_RETRY_MS))), waitMs);
    timer.unref();
  }

  return {
    /** As their profile says; null while that is not known here. Slack is not asked. */
    nameOf: ({ connectionId }: Whom, userId: string): string | null => known.get(keyOf(connectionId, userId)) ?? null,

    /** Reads the list of one connection, or of all. Never rejects. */
    refresh: (connectionId?: string): Promise<void> =>
      inTurn(() => {
        unread.add(connectionId);
        return readAndRetry();
      }),

    /** Looks for somebody whom the list left out, so that their name is known the next time. */
    async learn({ connectionId }: Whom, { userId, userName }: { userId: string; userName: string }): Promise<void> {
      const connection = (await connections()).find(({ id }) => id === connectionId);
      if (!connection) return;
      const people = await listPeople(connection, userName);
      keep(
        connectionId,
        people.filter(({ value }) => value === userId),
      );
    },

    close(): void {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** Whose lists are still to be read: some connections', or everybody's while nobody knows who there is. */
function createUnread() {
  let ids = new Set<string>();
  let isEverybody = false;
  return {
    add(id: string | undefined): void {
      if (id === undefined) isEverybody = true;
      else ids.add(id);
    },
    /** Of these, who is to be read; nobody else is any more. */
    take(working: readonly SlackAccount[]): SlackAccount[] {
      const found = isEverybody ? [...working] : working.filter(({ id }) => ids.has(id));
      ids = new Set(found.map(({ id }) => id));
      isEverybody = false;
      return found;
    },
    markRead: (id: string): void => void ids.delete(id),
    isEmpty: (): boolean => !isEverybody && ids.size === 0,
  };
}

export type SlackPeople = ReturnType<typeof createSlackPeople>;

const keyOf = (connectionId: string, userId: string): string => `${connectionId} ${userId}`;

function listPeople(found: SlackAccount, query: string): Promise<readonly PickerOption[]> {
  const connection: OpenConnection<SlackConfig, SlackSecret> = {
    ...found,
    config: slackConfigSchema.parse(found.config),
    secret: slackSecretSchema.parse(found.secret),
  };
  return peopleOptions(connection, { query, values: {}, signal: AbortSignal.timeout(DEADLINE_MS) });
}

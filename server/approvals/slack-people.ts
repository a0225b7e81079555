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
 * first couple of hundred) are read ahead, when the api starts and when a connection changes. Kept in memory only: nobody is
 * stored before they act.
 */
export function createSlackPeople({ connections, onProblem, retryMs = RETRY_MS }: SlackPeopleDependencies) {
  const known = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function keep(connectionId: string, people: readonly PickerOption[]): void {
    for (const { value, label } of people) known.set(keyOf(connectionId, value), label);
  }

  /** True when every list was read. Only the first failure is told: a connection that broke says so by itself. */
  async function readAll(isFirst: boolean): Promise<boolean> {
    const found = (await connections()).filter(({ state }) => state === "ok");
    const read = await Promise.allSettled(found.map(async (one) => keep(one.id, await listPeople(one, ""))));
    const failures = read.filter((one) => one.status === "rejected");
    if (isFirst) for (const { reason } of failures) onProblem(reason);
    return failures.length === 0;
  }

  async function refresh(waitMs = retryMs): Promise<void> {
    clearTimeout(timer);
    const isComplete = await readAll(waitMs === retryMs).catch((error: unknown) => {
      onProblem(error);
      return false;
    });
    if (isComplete || closed) return;
    timer = setTimeout(() => void refresh(Math.min(waitMs * 2, LONGEST_RETRY_MS)), waitMs);
    timer.unref();
  }

  return {
    /** As their profile says; null while that is not known here. Slack is not asked. */
    nameOf: ({ connectionId }: Whom, userId: string): string | null => known.get(keyOf(connectionId, userId)) ?? null,

    /** Never rejects. */
    refresh: (): Promise<void> => refresh(),

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

import type { Action, CopyErased, Found, Remains } from "../../integrations/connector.js";
import { ConnectorError } from "../../integrations/outcome.js";
import { databaseNow } from "../../workflows/ledger/clock.js";
import { findEffects, requestPlace, type EffectRow } from "../../workflows/ledger/effect-store.js";
import { lookBackFrom } from "../../workflows/ledger/look-back.js";
import type { ExecutionPorts, OpenedConnection } from "../../workflows/ports.js";
import type { Db } from "../db/database.js";
import type { CopyState } from "./erasure-api.js";
import type { CopyRow } from "./erasure-tables.js";

export interface EraseCopyDependencies {
  readonly db: Db;
  readonly ports: Pick<ExecutionPorts, "openConnections" | "sealer">;
  readonly action: (ref: string) => Action | undefined;
}

/** What is known of a copy after a try. */
export interface Tried {
  readonly state: CopyState;
  readonly code: string | null;
  readonly remains?: Remains | undefined;
  readonly externalId?: string;
  /** Of an open one: before the next try. */
  readonly retryAfterMs?: number | undefined;
}

const DEADLINE_MS = 10_000;

/** One try to take one copy out of the system that it is in. Never throws for what that system says. */
export async function eraseCopy(dependencies: EraseCopyDependencies, copy: CopyRow): Promise<Tried> {
  const action = dependencies.action(copy.action);
  if (!action?.erase) return { state: "by_hand", code: "cannot_be_called_back" };
  const [connection] = await dependencies.ports.openConnections(dependencies.db, [copy.connection_id]);
  if (!connection) return { state: "open", code: "connection_not_usable" };
  try {
    if (copy.external_id !== null) return await erase(action, connection, copy.external_id);
    return await eraseDoubtful(dependencies, { action, connection, copy });
  } catch (error) {
    if (error instanceof ConnectorError) return fromError(error);
    throw error;
  }
}

async function erase(action: Action, connection: OpenedConnection, externalId: string): Promise<Tried> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const erased: CopyErased | undefined = await action.erase?.({
    connection,
    externalId,
    signal,
    deadlineMs: DEADLINE_MS,
  });
  return { state: erased?.copy ?? "by_hand", code: null, remains: erased?.remains, externalId };
}

interface Doubtful {
  readonly action: Action;
  readonly connection: OpenedConnection;
  readonly copy: CopyRow;
}

/** Whether it arrived is looked up first, by the request that is still there. */
async function eraseDoubtful(dependencies: EraseCopyDependencies, doubtful: Doubtful): Promise<Tried> {
  const found = await find(dependencies, doubtful);
  if (found?.kind === "absent") return { state: "gone", code: null };
  if (found?.kind === "found") return erase(doubtful.action, doubtful.connection, found.sent.externalId);
  return { state: "by_hand", code: "not_found_for_certain" };
}

async function find(
  { db, ports }: EraseCopyDependencies,
  { action, connection, copy }: Doubtful,
): Promise<Found | null> {
  const [effect] = await findEffects(db, [copy.effect_id]);
  if (!effect || !action.find) return null;
  const [input] = await ports.sealer.open(db, [{ sealed: effect.request, place: requestPlace(effect.id) }]);
  if (!input || input.erased) return null;
  return action.find(input.value, { connection, key: effect.key, ...timesOf(effect), now: await databaseNow(db) });
}

const timesOf = (effect: EffectRow) => ({
  since: lookBackFrom(effect),
  lastSentAt: effect.first_sending_at ?? effect.created_at,
  signal: AbortSignal.timeout(DEADLINE_MS),
  deadlineMs: DEADLINE_MS,
});

const fromError = ({ outcome, code, retryAfterMs }: ConnectorError): Tried =>
  outcome === "REJECTED" ? { state: "failed", code } : { state: "open", code, retryAfterMs };

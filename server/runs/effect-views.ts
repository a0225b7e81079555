import { connectorOfAction } from "../../workflows/flow/action-name.js";
import { messagePlace, requestPlace, type EffectRow } from "../../workflows/ledger/effect-store.js";
import type { ExecutionPorts, Opened } from "../../workflows/ports.js";
import type { Reader } from "../db/database.js";
import { openTexts } from "../privacy/open-texts.js";
import type { EffectView } from "./run-api.js";
import { attemptsOf } from "./run-store.js";

/** Effects as the run page shows them; what may be personal only to those who may see people. */
export async function effectViews(
  reader: Reader,
  ports: ExecutionPorts,
  { effects, mayReadPeople }: { effects: readonly EffectRow[]; mayReadPeople: boolean },
): Promise<EffectView[]> {
  const attempts = await attemptsOf(
    reader,
    effects.map(({ id }) => id),
  );
  const show = (sealed: Buffer | null): Buffer | null => (mayReadPeople ? sealed : null);
  const requests = await ports.sealer.open(
    reader,
    effects.map(({ id, request }) => ({ sealed: show(request), place: requestPlace(id) })),
  );
  const messages = await openTexts(
    ports.sealer,
    reader,
    effects.map(({ id, message }) => ({ sealed: show(message), place: messagePlace(id) })),
  );
  const attemptMessages = await openTexts(
    ports.sealer,
    reader,
    attempts.map(({ effect_id, message }) => ({ sealed: show(message), place: messagePlace(effect_id) })),
  );
  const tries = attempts.map((attempt, place) => ({
    effectId: attempt.effect_id,
    view: attemptView(attempt, attemptMessages[place] ?? null),
  }));
  return effects.map((effect, index) => ({
    ...effectView(effect),
    message: messages[index] ?? null,
    request: objectOf(requests[index]),
    attempts: tries.filter(({ effectId }) => effectId === effect.id).map(({ view }) => view),
  }));
}

const effectView = (effect: EffectRow): Omit<EffectView, "message" | "request" | "attempts"> => ({
  id: effect.id,
  key: effect.key,
  nodeId: effect.node_id,
  slot: effect.slot,
  iteration: effect.iteration,
  action: effect.action,
  system: connectorOfAction(effect.action),
  state: effect.state,
  externalId: effect.external_id,
  url: effect.url,
  code: effect.code,
  retryUntil: effect.retry_until.toISOString(),
  nextTryAt: effect.not_before?.toISOString() ?? null,
});

const attemptView = (
  attempt: Awaited<ReturnType<typeof attemptsOf>>[number],
  message: string | null,
): EffectView["attempts"][number] => ({
  number: attempt.number,
  startedAt: attempt.started_at.toISOString(),
  endedAt: attempt.ended_at?.toISOString() ?? null,
  kind: attempt.kind,
  outcome: attempt.outcome,
  code: attempt.code,
  message,
});

const objectOf = (cell: Opened | undefined): Record<string, unknown> | null =>
  cell && !cell.erased && typeof cell.value === "object" && cell.value !== null ? { ...cell.value } : null;

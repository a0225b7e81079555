import { runInBackground, type Background } from "../../workflows/background.js";
import { transact } from "../../workflows/ledger/transact.js";
import { audit } from "../audit/audit.js";
import type { Db, Tx } from "../db/database.js";
import { isSourceHeld } from "../holds/held.js";
import { keepHolds } from "../holds/hold-lock.js";
import type { Vault } from "../privacy/vault.js";
import { dropContacts } from "./drop-contacts.js";
import { dropContent } from "./drop-content.js";
import { dropDeliveries } from "./drop-deliveries.js";
import { dropResponses } from "./drop-responses.js";
import { PAGE, START, type Page, type Position } from "./page.js";
import { limitedSources, type Limited } from "./retention-store.js";

export interface RetentionDependencies {
  readonly db: Db;
  readonly vault: Vault;
}

/** Deletes what is over age, a page of each source and class a turn. */
export const startRetention = (
  own: RetentionDependencies & { readonly everyMs: number; readonly onError: (error: unknown) => void },
): Background => {
  const sweep = createSweep(own);
  return runInBackground({ everyMs: own.everyMs, onError: own.onError, turn: sweep });
};

type Walk = "contents" | "responses" | "deliveries";
interface Stretch {
  readonly walk: Walk;
  readonly before: string;
}

/** Content goes first: what was said is worth more care than that something was said. */
const stretchesOf = ({ content_before, responses_before }: Limited): readonly Stretch[] => [
  ...(content_before === null
    ? []
    : (["contents", "deliveries"] as const).map((walk) => ({ walk, before: content_before }))),
  ...(responses_before === null ? [] : [{ walk: "responses" as const, before: responses_before }]),
];

/**
 * One turn; true: there may be more at once. Each page is a transaction that locks what it looks at, so two workers do no harm, and one
 * that starts anew begins at the oldest again.
 */
export function createSweep({ db, vault }: RetentionDependencies): () => Promise<boolean> {
  const positions = new Map<string, Position>();

  async function page(source: Limited, { walk, before }: Stretch): Promise<boolean> {
    const name = `${source.id}/${walk}`;
    const after = positions.get(name) ?? START;
    const { next } = await transact(db, (tx) => drop(tx, vault, { source, walk, before, after }));
    if (next) positions.set(name, next);
    else positions.delete(name);
    return next !== null;
  }

  return async () => {
    let more = false;
    for (const source of await limitedSources(db))
      for (const stretch of stretchesOf(source)) more = (await page(source, stretch)) || more;
    return (await transact(db, dropContacts)) === PAGE || more;
  };
}

interface Dropping extends Stretch {
  readonly source: Limited;
  readonly after: Position;
}

async function drop(tx: Tx, vault: Vault, dropping: Dropping): Promise<Page> {
  const { id, workspace_id: workspaceId } = dropping.source;
  await keepHolds(tx, workspaceId);
  if (await isSourceHeld(tx, { workspaceId, id })) return { gone: 0, next: null };
  const page = await walks[dropping.walk](tx, vault, dropping);
  if (page.gone > 0)
    await audit(tx, {
      workspaceId,
      actor: { kind: "system", id: null },
      action: "retention.applied",
      target: { kind: "source", id },
      data: { [dropping.walk]: page.gone },
    });
  return page;
}

const walks: Readonly<Record<Walk, (tx: Tx, vault: Vault, dropping: Dropping) => Promise<Page>>> = {
  contents: (tx, _vault, { source: { id }, before, after }) => dropContent(tx, { id, before }, after),
  deliveries: (tx, _vault, { source: { id }, before }) => dropDeliveries(tx, { id, before }),
  responses: (tx, vault, { source: { id, workspace_id: workspaceId }, before, after }) =>
    dropResponses(tx, vault, { id, workspaceId, before }, after),
};

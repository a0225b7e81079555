import type { Source } from "../../integrations/source.js";
import type { Db } from "../db/database.js";
import type { IngestSource } from "../ingest/ingest-service.js";
import type { Envelope } from "../privacy/envelope.js";
import { activeSecrets, endedSecrets, openSourceSecrets, type SourceSecrets } from "./source-secrets.js";
import { findSource, type SourceRow } from "./source-store.js";

export interface IngestSources {
  /** Null when there is none. Rejects when the database is away. */
  readonly find: (sourceId: string) => Promise<IngestSource | null>;
  /** After a change made by this process, which then sees it at once. */
  readonly forget: (sourceId: string) => void;
}

export interface IngestSourcesDependencies {
  readonly db: Db;
  readonly envelope: Envelope;
  readonly findKind: (kind: string) => Source | undefined;
  readonly now?: () => number;
}

/**
 * How long a source is believed without asking. A second rather than a notification: a notification that is lost while the listener
 * reconnects would leave a paused source or an ended secret in use for ever, and one query a second and source costs nothing.
 */
const BELIEVED_MS = 1_000;

interface Entry {
  readonly source: Promise<Kept | null>;
  readonly until: number;
}
interface Kept {
  readonly row: SourceRow;
  readonly adapter: Source;
  readonly secrets: SourceSecrets;
}

/** Sources for the hot path: many deliveries at once ask the database once. Unknown ids are not kept, so that nobody can fill this. */
export function createIngestSources({
  db,
  envelope,
  findKind,
  now = Date.now,
}: IngestSourcesDependencies): IngestSources {
  const entries = new Map<string, Entry>();

  async function load(id: string): Promise<Kept | null> {
    const row = await findSource(db, id);
    const adapter = row && findKind(row.kind);
    return row && adapter ? { row, adapter, secrets: openSourceSecrets(envelope, id, row.secrets) } : null;
  }

  function ask(id: string): Entry {
    const entry: Entry = { source: load(id), until: now() + BELIEVED_MS };
    entries.set(id, entry);
    const drop = (): void => {
      if (entries.get(id) === entry) entries.delete(id);
    };
    entry.source.then((kept) => (kept ? undefined : drop()), drop);
    return entry;
  }

  return {
    async find(sourceId) {
      const known = entries.get(sourceId);
      const kept = await (known && known.until > now() ? known : ask(sourceId)).source;
      return kept ? toIngestSource(kept, new Date(now())) : null;
    },
    forget: (sourceId) => void entries.delete(sourceId),
  };
}

const toIngestSource = ({ row, adapter, secrets }: Kept, now: Date): IngestSource => ({
  id: row.id,
  workspaceId: row.workspace_id,
  name: row.name,
  state: row.state,
  settings: row.settings,
  adapter,
  secrets: activeSecrets(secrets, now),
  endedSecrets: endedSecrets(secrets, now),
});

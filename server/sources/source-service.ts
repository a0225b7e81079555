import type { Source } from "../../integrations/source.js";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy, type Doer } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Db, Tx } from "../db/database.js";
import { badRequest, conflict, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { within } from "../members/authorize.js";
import { invalidRequest } from "../http/problems.js";
import type { Envelope } from "../privacy/envelope.js";
import { firstSecrets, openSourceSecrets, rotate, sealSourceSecrets, type SourceSecrets } from "./source-secrets.js";
import * as store from "./source-store.js";
import type { SourceRow } from "./source-store.js";

export interface SourceServiceDependencies {
  readonly db: Db;
  readonly envelope: Envelope;
  readonly findKind: (kind: string) => Source | undefined;
  /** Called after a change was stored: what was remembered of the source is out of date. */
  readonly forget: (sourceId: string) => void;
}

export interface NewSource {
  readonly name: string;
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Made from the name when left out. */
  readonly slug?: string;
  /** The sender's own; ours is random. */
  readonly secret?: string | undefined;
}
export interface SourceChange {
  readonly name?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly state?: "active" | "paused" | undefined;
}
/** The one moment when a secret can be read. */
export interface SourceWithSecret {
  readonly row: SourceRow;
  readonly secret: string;
}

export type SourceService = ReturnType<typeof createSourceService>;

export const createSourceService = (own: SourceServiceDependencies) => ({
  list: (actor: Actor): Promise<SourceRow[]> => store.listSources(own.db, actor.workspaceId, within(actor, "source")),
  find: (changer: Pick<Doer, "workspaceId">, id: string) => find(own, changer, id),
  /** Its secret is ours, random, and told in this answer only. */
  create: (changer: Doer, wanted: NewSource) => transact(own.db, (tx) => create(own, tx, { changer, wanted })),
  /** The same as a part of a larger transaction. */
  createIn: (tx: Tx, changer: Doer, wanted: NewSource) => create(own, tx, { changer, wanted }),
  update: (changer: Doer, id: string, wanted: SourceChange) => update(own, { changer, id }, wanted),
  /** The secret before this one goes on being accepted for a day. */
  rotate: (changer: Doer, id: string) => rotateSecret(own, { changer, id }),
  /** For the command line of the machine itself, which holds the keys anyway. */
  revealed: (tx: Tx, changer: Doer, slug: string) => revealed(own, tx, { changer, slug }),
});

type Own = SourceServiceDependencies;
interface Target {
  readonly changer: Doer;
  readonly id: string;
}

async function find({ db }: Own, { workspaceId }: Pick<Doer, "workspaceId">, id: string): Promise<SourceRow> {
  const row = await store.findSource(db, id);
  if (row?.workspace_id !== workspaceId) throw notFound("source");
  return row;
}

async function create(
  own: Own,
  tx: Tx,
  { changer, wanted }: { changer: Doer; wanted: NewSource },
): Promise<SourceWithSecret> {
  const id = uuidv7();
  const secrets = firstSecrets(wanted.secret);
  const row: SourceRow = {
    id,
    workspace_id: changer.workspaceId,
    slug: wanted.slug ?? slugOf(wanted.name, id),
    name: wanted.name,
    kind: wanted.kind,
    settings: readSettings(own, wanted.kind, wanted.settings),
    secrets: sealSourceSecrets(own.envelope, id, secrets),
    state: "active",
    created_at: new Date(),
  };
  if (!(await store.insertSource(tx, { ...row, settings: JSON.stringify(row.settings) })))
    throw conflict("source_exists", `There is a source called ${row.slug} already.`);
  await record(tx, changer, { action: "source.created", id });
  return { row, secret: newestOf(secrets) };
}

async function update(own: Own, target: Target, { name, settings, state }: SourceChange): Promise<SourceRow> {
  return change(own, target, async (tx, row) => {
    const after = {
      ...row,
      name: name ?? row.name,
      state: state ?? row.state,
      settings: settings ? readSettings(own, row.kind, settings) : row.settings,
    };
    const columns = { name: after.name, state: after.state, settings: JSON.stringify(after.settings) };
    await store.updateSource(tx, row.id, columns);
    return { action: actionOf(row, after), result: after };
  });
}

const actionOf = (before: SourceRow, after: SourceRow): AuditAction =>
  before.state === after.state ? "source.updated" : after.state === "paused" ? "source.paused" : "source.resumed";

async function rotateSecret(own: Own, target: Target): Promise<SourceWithSecret> {
  return change(own, target, async (tx, row) => {
    const secrets = rotate(openSourceSecrets(own.envelope, row.id, row.secrets), new Date());
    const sealed = sealSourceSecrets(own.envelope, row.id, secrets);
    await store.updateSource(tx, row.id, { secrets: sealed });
    return { action: "source.secret_rotated", result: { row: { ...row, secrets: sealed }, secret: newestOf(secrets) } };
  });
}

async function change<Result>(
  { db, forget }: Own,
  { changer, id }: Target,
  work: (tx: Tx, row: SourceRow) => Promise<{ action: AuditAction; result: Result }>,
): Promise<Result> {
  const changed = await transact(db, async (tx) => {
    const row = await store.lockSource(tx, id);
    if (row?.workspace_id !== changer.workspaceId) throw notFound("source");
    const { action, result } = await work(tx, row);
    await record(tx, changer, { action, id });
    return result;
  });
  forget(id);
  return changed;
}

async function revealed(
  { envelope }: Own,
  tx: Tx,
  { changer, slug }: { changer: Doer; slug: string },
): Promise<SourceWithSecret | null> {
  const row = await store.findSourceBySlug(tx, changer.workspaceId, slug);
  if (!row) return null;
  await record(tx, changer, { action: "source.secret_shown", id: row.id });
  return { row, secret: newestOf(openSourceSecrets(envelope, row.id, row.secrets)) };
}

function newestOf([newest]: SourceSecrets): string {
  if (!newest) throw new Error("a source has no secret");
  return newest.secret;
}

/** What is stored is what the kind's own schema made of it, defaults included. */
function readSettings(
  { findKind }: Own,
  name: string,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kind = findKind(name);
  if (!kind) throw badRequest("unknown_source_kind", `There is no kind of source called ${name}.`);
  const { data, error } = kind.settings.safeParse(given);
  if (error) throw invalidRequest({ part: "body", issues: error.issues, input: given, prefix: "settings" });
  if (typeof data !== "object" || data === null) throw new Error(`the settings of ${name} are not an object`);
  return { ...data };
}

/** Two sources may have one name: the end of the id tells them apart. */
const slugOf = (name: string, id: string): string =>
  `${name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40)}-${id.slice(-6)}`;

const record = (tx: Tx, changer: Doer, { action, id }: { action: AuditAction; id: string }): Promise<void> =>
  auditBy(tx, changer, { action, target: { kind: "source", id } });

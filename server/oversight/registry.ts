import type { Db, Reader } from "../db/database.js";
import { duplicatesAmong } from "./duplicates.js";
import { readFlowUse, type FlowUse } from "./flow-use.js";
import type { Duplicate, Entry, EntryFilter } from "./oversight-api.js";
import { activeMembers } from "./owners.js";
import { isPlainHttp } from "./plain-http.js";
import { riskOf, type RiskFacts } from "./risk.js";
import { listThings, type ThingRow } from "./thing-store.js";

export interface RegistryDependencies {
  /** Of members, as far as they are known. */
  readonly names: (reader: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Where senders post to. */
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** Of whoever answers requests. */
export interface OversightDependencies extends RegistryDependencies {
  readonly db: Db;
}

interface Asked extends EntryFilter {
  readonly workspaceId: string;
  readonly id?: string;
}

/** Every source and connection, with what is said of it, what happens at it, and what may be wrong with it. */
export async function readEntries(
  own: RegistryDependencies,
  reader: Reader,
  { band, ...asked }: Asked,
): Promise<Entry[]> {
  const now = own.now();
  const things = await listThings(reader, { ...asked, now });
  const use = await readFlowUse(reader, asked.workspaceId);
  const active = new Set(await activeMembers(reader, asked.workspaceId));
  const named = things.flatMap(({ ownerId, credentialOwnerId }) => [ownerId, credentialOwnerId]);
  const names = await own.names(reader, [...new Set(named.filter((id) => id !== null))]);
  const entries = things.map((thing) => entryOf(thing, { use, active, names, now, publicUrl: own.publicUrl }));
  return entries.filter(({ risk }) => band === undefined || risk.band === band);
}

/** Among all of the workspace's. */
export const readDuplicates = async (
  own: RegistryDependencies,
  reader: Reader,
  workspaceId: string,
): Promise<Duplicate[]> => duplicatesAmong(await readEntries(own, reader, { workspaceId }));

interface Surroundings {
  readonly use: FlowUse;
  readonly active: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
  readonly publicUrl: string;
  readonly now: Date;
}

function entryOf(thing: ThingRow, around: Surroundings): Entry {
  const { sandbox: _sandbox, config: _config, madeAt: _madeAt, changedAt, lastEventAt, ...told } = thing;
  return {
    ...told,
    ownerName: around.names.get(thing.ownerId ?? "") ?? null,
    credentialOwnerName: around.names.get(thing.credentialOwnerId ?? "") ?? null,
    lastEventAt: lastEventAt?.toISOString() ?? null,
    changedAt: changedAt?.toISOString() ?? null,
    flows: around.use.flowsOf(thing.kind, thing.id),
    risk: riskOf(factsOf(thing, around)),
  };
}

const factsOf = (thing: ThingRow, { use, active, publicUrl, now }: Surroundings): RiskFacts => ({
  answers: thing,
  isOwnerGone: thing.ownerId !== null && !active.has(thing.ownerId),
  isPaused: thing.state === "paused",
  isSandbox: thing.sandbox,
  isPlainHttp: thing.kind === "source" ? isPlainHttp([publicUrl]) : isPlainHttp(Object.values(thing.config)),
  isShownInClear: use.isShownInClear(thing.kind, thing.id),
  ...{ madeAt: thing.madeAt, lastEventAt: thing.lastEventAt, now },
});

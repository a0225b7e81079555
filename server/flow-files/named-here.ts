import { groupBy } from "../../workflows/flow/group-by.js";
import type { IdsOf } from "../../workflows/flow/file/from-file.js";
import type { NamesOf } from "../../workflows/flow/file/to-file.js";
import { listConnections } from "../connections/connection-store.js";
import type { Reader } from "../db/database.js";
import type { Actor } from "../http/route.js";
import { mayDo, within } from "../members/authorize.js";
import { listSources } from "../sources/source-store.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What can be called by its name. */
export interface NamedHere {
  readonly connections: readonly (Named & { readonly connector: string })[];
  readonly sources: readonly Named[];
}

/** What the actor sees; the rest is told to nobody, and found by nobody. */
export const namedFor = async (reader: Reader, actor: Actor): Promise<NamedHere> => ({
  connections: mayDo(actor, "connections:read")
    ? await listConnections(reader, actor.workspaceId, within(actor, "connection"))
    : [],
  sources: mayDo(actor, "sources:read") ? await listSources(reader, actor.workspaceId, within(actor, "source")) : [],
});

export const allNamed = async (reader: Reader, workspaceId: string): Promise<NamedHere> => ({
  connections: await listConnections(reader, workspaceId),
  sources: await listSources(reader, workspaceId),
});

export function namesOf({ connections, sources }: NamedHere): NamesOf {
  const ofConnections = new Map(connections.map(({ id, name }) => [id, name]));
  const ofSources = new Map(sources.map(({ id, name }) => [id, name]));
  return { connection: (id) => ofConnections.get(id), source: (id) => ofSources.get(id) };
}

export function idsOf({ connections, sources }: NamedHere): IdsOf {
  const called = groupBy(connections, ({ name }) => name);
  const ofSources = groupBy(
    sources,
    ({ name }) => name,
    ({ id }) => id,
  );
  return {
    connection: (name, connector) =>
      (called.get(name) ?? []).filter((one) => connector === null || one.connector === connector).map(({ id }) => id),
    source: (name) => ofSources.get(name) ?? [],
  };
}

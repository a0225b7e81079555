import { connectorOfAction } from "../action-name.js";
import { nodes as kinds } from "../nodes/index.js";
import { SCHEMA_VERSION, type DraftNode, type FlowDraft } from "../schema.js";
import { placesOf } from "./places.js";
import { edgesOf, type FileStep, type FlowFile } from "./flow-file.js";

/** Ids of what is called so here: none, one, or several that cannot be told apart. */
export interface IdsOf {
  /** Of that connector, where the step says which. */
  readonly connection: (name: string, connector: string | null) => readonly string[];
  readonly source: (name: string) => readonly string[];
}

/** A name that stands for nothing here, or for several things: the step is to be finished by hand. */
export interface Missing {
  readonly nodeId: string;
  readonly kind: "connection" | "source";
  readonly name: string;
  readonly why: "unknown" | "several";
}

export interface Imported {
  readonly name: string;
  readonly draft: FlowDraft;
  readonly missing: readonly Missing[];
}

/** The draft that a file speaks of, with what is here in the place of names. */
export function fromFile({ schema: _schema, flow, steps, retired = [], ...besides }: FlowFile, ids: IdsOf): Imported {
  const places = placesOf(steps);
  const read = Object.entries(steps).map(([id, step]) => readStep(id, step, ids));
  const draft: FlowDraft = {
    schemaVersion: SCHEMA_VERSION,
    retiredIds: retired,
    nodes: read.map(({ node }) => ({ ...node, position: places[node.id] ?? { x: 0, y: 0 } })),
    edges: Object.entries(steps).flatMap(([from, step]) => edgesOf(from, step)),
    ...besides,
  };
  return { name: flow, draft, missing: read.flatMap(({ missing }) => missing) };
}

interface ReadStep {
  readonly node: Omit<DraftNode, "position">;
  readonly missing: readonly Missing[];
}

function readStep(id: string, step: FileStep, ids: IdsOf): ReadStep {
  const { type, title, at: _at, next: _next, on: _on, config: _config, ...besides } = step;
  const resolved = resolve(step, ids);
  return {
    node: { id, type, title, ...besides, config: resolved.config },
    missing: resolved.missing.map((one) => ({ ...one, nodeId: id })),
  };
}

type Unplaced = Omit<Missing, "nodeId">;
interface Resolved {
  readonly config: DraftNode["config"];
  readonly missing: readonly Unplaced[];
}

function resolve({ type, config }: FileStep, ids: IdsOf): Resolved {
  const { connection, sources, ...rest } = config;
  const missing: Unplaced[] = [];
  const one = (kind: Missing["kind"], name: unknown, found: (name: string) => readonly string[]): unknown => {
    if (typeof name !== "string" || name === "") return name;
    const [id, ...others] = found(name);
    if (id !== undefined && others.length === 0) return id;
    missing.push({ kind, name, why: id === undefined ? "unknown" : "several" });
    // A source that is not here must not become "any source"; a connection that is not here is chosen anew.
    return kind === "source" ? name : kinds[type].defaults["connectionId"];
  };
  const connector = connectorOf(type, config);
  const byName = (name: string) => ids.connection(name, connector);
  return {
    config: {
      ...rest,
      ...(connection !== undefined && { connectionId: one("connection", connection, byName) }),
      ...(sources !== undefined && {
        sources: Array.isArray(sources) ? sources.map((name: unknown) => one("source", name, ids.source)) : sources,
      }),
    },
    missing,
  };
}

function connectorOf(type: FileStep["type"], { action }: FileStep["config"]): string | null {
  if (type === "approval") return "slack";
  return typeof action === "string" && action !== "" ? connectorOfAction(action) : null;
}

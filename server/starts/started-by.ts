import type { NodeOf, PublishedFlow } from "../../workflows/flow/schema.js";
import type { Start, StartOf } from "../../workflows/flow/start.js";
import { triggerOf } from "../../workflows/flow/trigger-of.js";

export interface Published {
  readonly versionId: string;
  readonly flow: PublishedFlow;
}

/** A published flow with its trigger. */
export type StartedFlow<Kind extends Start["kind"]> = Published & {
  readonly config: NodeOf<"trigger">["config"] & { readonly start: StartOf<Kind> };
};

/** Null where its trigger waits for something else. */
export function startedBy<Kind extends Start["kind"]>(published: Published, kind: Kind): StartedFlow<Kind> | null {
  const config = triggerOf(published.flow)?.config;
  const start = config?.start;
  return config && start && isOf(start, kind) ? { ...published, config: { ...config, start } } : null;
}

const isOf = <Kind extends Start["kind"]>(start: Start, kind: Kind): start is StartOf<Kind> => start.kind === kind;

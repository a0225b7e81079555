import type { PlannedEffect } from "../../workflows/flow/evaluation.js";
import type { Publication } from "../../workflows/flow/publish.js";
import { flowDraftSchema, type FlowDraft, type PublishedFlow } from "../../workflows/flow/schema.js";
import type { World } from "../../workflows/flow/evaluate.js";
import type { Pins } from "../../workflows/flow/try/pin.js";
import { tryFlow, type Tried } from "../../workflows/flow/try/try-flow.js";
import { chanceOf } from "../../workflows/ledger/chance.js";
import type { Rehearsed } from "../../integrations/rehearse.js";
import { listConnections, type ConnectionRow } from "../connections/connection-store.js";
import type { Reader } from "../db/database.js";
import { notFound } from "../errors.js";
import { zones } from "../execution/zones.js";
import { notPublishable, type FlowService, type WorkspaceParts } from "../flows/flow-service.js";
import { findFlow } from "../flows/flow-store.js";
import type { Actor } from "../http/route.js";
import { within } from "../members/authorize.js";
import { tryWithRefusals } from "./refusals.js";
import { rehearseEffect, type RehearsalDependencies } from "./rehearsals.js";
import type { TryEvent } from "./try-api.js";
import { NO_RUN, tryable, type Tryable, type TryEventDependencies } from "./try-event.js";

export interface TryDependencies extends TryEventDependencies, RehearsalDependencies {
  readonly flows: Pick<FlowService, "check">;
  readonly catalogue: WorkspaceParts["catalogue"];
}

export interface TryAsked {
  readonly flowId: string;
  /** Without it the saved one. */
  readonly draft?: FlowDraft | undefined;
  readonly event: TryEvent;
  readonly pins: Pins;
  /** What its clock shows; this moment where it is left out. */
  readonly now?: Date;
  /** Of the run that it is carried out for; without it a run that is none. */
  readonly runId?: string;
}

/** An effect with what would be sent for it. */
export interface RehearsedEffect {
  readonly effect: PlannedEffect;
  readonly connection: ConnectionRow | undefined;
  readonly rehearsed: Rehearsed;
}

export interface WholeTry {
  readonly flow: PublishedFlow;
  readonly tried: Tried;
  readonly tryable: Tryable;
  readonly now: Date;
  readonly pins: Pins;
  readonly effects: readonly RehearsedEffect[];
}

/** Carries a draft out on one event: nothing is sent, nothing is stored. */
export async function tryDraft(
  reader: Reader,
  dependencies: TryDependencies,
  { actor, flowId, draft, event, pins, now = new Date(), runId = NO_RUN }: TryAsked & { readonly actor: Actor },
): Promise<WholeTry> {
  const flow = await publishable(reader, dependencies, { actor, flowId, draft });
  const on = await tryable(reader, dependencies, event, { actor, flowId, flow, now, runId });
  const connections = await listConnections(reader, actor.workspaceId, within(actor, "connection"));
  const whole = await carryOut(dependencies, {
    flow,
    pins,
    connections,
    world: worldOf(dependencies, flowId, on, now),
  });
  return { ...whole, flow, tryable: on, now, pins };
}

async function publishable(
  reader: Reader,
  { flows }: TryDependencies,
  { actor, flowId, draft }: Pick<TryAsked, "flowId" | "draft"> & { readonly actor: Actor },
): Promise<PublishedFlow> {
  const row = await findFlow(reader, actor.workspaceId, flowId);
  if (!row) throw notFound("flow");
  const publication: Publication = await flows.check(reader, actor, draft ?? flowDraftSchema.parse(row.draft));
  if (!publication.ok) throw notPublishable(publication);
  return publication.flow;
}

/** Ids count up, so that the same try twice says the same. */
export function worldOf(
  { catalogue }: Pick<TryDependencies, "catalogue">,
  flowId: string,
  { context, drawnBy }: Tryable,
  now: Date,
): World {
  let made = 0;
  return {
    context,
    now,
    zones,
    catalogue,
    chance: (nodeId) => chanceOf(drawnBy, flowId, nodeId),
    newId: () => `tried-${String((made += 1))}`,
  };
}

interface Carrying {
  readonly flow: PublishedFlow;
  readonly pins: Pins;
  readonly world: World;
  readonly connections: readonly ConnectionRow[];
}

function carryOut(
  dependencies: TryDependencies,
  { flow, pins, world, connections }: Carrying,
): Promise<Pick<WholeTry, "tried" | "effects">> {
  return tryWithRefusals({
    flow,
    pins,
    tryWith: (answers) => tryFlow(flow, world, answers),
    rehearse: ({ effects }) => Promise.all(effects.map((effect) => withRequest(dependencies, connections, effect))),
  });
}

async function withRequest(
  dependencies: RehearsalDependencies,
  connections: readonly ConnectionRow[],
  effect: PlannedEffect,
): Promise<RehearsedEffect> {
  const connection = connections.find(({ id }) => id === effect.connectionId);
  return { effect, connection, rehearsed: await rehearseEffect(dependencies, effect, connection) };
}

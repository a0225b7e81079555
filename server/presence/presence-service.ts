import { auditBy } from "../audit/audit.js";
import type { Reader, Tx } from "../db/database.js";
import { conflict, notFound, sessionsOnly, type DomainError } from "../errors.js";
import { findFlow, lockFlow } from "../flows/flow-store.js";
import type { Actor } from "../http/route.js";
import { holderOf, isActive, mayWrite, mustAsk, type Tab } from "./pen.js";
import type { Pen, Presence } from "./presence-api.js";
import * as store from "./presence-store.js";

type Names = (reader: Reader, memberIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export interface PageOf {
  readonly flowId: string;
  readonly tabId: string;
}

/** `moved`: the pages of others look different now. */
export interface Looked {
  readonly presence: Presence;
  readonly moved: boolean;
}

/** Asks under the flow's lock, and takes or renews the pen. True: somebody else has the flow open. */
export type KeepPen = (
  tx: Tx,
  actor: Actor,
  at: { readonly flowId: string; readonly tabId?: string | undefined },
) => Promise<boolean>;

export function createPresenceService({ names }: { readonly names: Names }) {
  const held = async (reader: Reader, holder: Tab): Promise<DomainError> =>
    penHeld(holder, (await names(reader, [holder.memberId])).get(holder.memberId) ?? null);

  const keepPen: KeepPen = async (tx, actor, { flowId, tabId }) => {
    const tabs = await store.tabsOf(tx, flowId);
    const holder = holderOf(tabs);
    if (holder && !mayWrite(holder, { kind: actor.kind, id: actor.id, tabId })) throw await held(tx, holder);
    if (tabId !== undefined && actor.kind === "member") await store.holdPen(tx, pageOf(actor, { flowId, tabId }));
    return tabs.some((tab) => tab.tabId !== tabId);
  };

  return {
    keepPen,

    /** The page is there; who else is, and whose changes count. */
    async look(reader: Reader, actor: Actor, at: PageOf): Promise<Looked> {
      await refusePrograms(reader, actor, at.flowId);
      const seen = await store.beat(reader, pageOf(actor, at));
      if (!seen) throw notFound("flow");
      const others = seen.tabs.filter(({ memberId }) => memberId !== actor.id).map(({ memberId }) => memberId);
      const named = others.length > 0 ? await names(reader, [...new Set(others)]) : new Map<string, string>();
      const moved = seen.hasGone || seen.tabs.some(({ isNew }) => isNew);
      return { moved, presence: presenceOf(seen, { memberId: actor.id, tabId: at.tabId, named }) };
    },

    async take(tx: Tx, actor: Actor, at: PageOf & { readonly evenIfActive: boolean }): Promise<void> {
      await refusePrograms(tx, actor, at.flowId);
      if (!(await lockFlow(tx, actor.workspaceId, at.flowId))) throw notFound("flow");
      const holder = holderOf(await store.tabsOf(tx, at.flowId));
      if (holder && mustAsk(holder, at)) throw await held(tx, holder);
      await store.holdPen(tx, pageOf(actor, at));
      if (holder && holder.memberId !== actor.id)
        await auditBy(tx, actor, {
          action: "flow.taken_over",
          target: { kind: "flow", id: at.flowId },
          data: { from: holder.memberId },
        });
    },

    /** The page was closed: its pen is free at once. */
    async leave(reader: Reader, actor: Actor, at: PageOf): Promise<boolean> {
      await refusePrograms(reader, actor, at.flowId);
      return store.leave(reader, pageOf(actor, at));
    },
  };
}

export type PresenceService = ReturnType<typeof createPresenceService>;

const pageOf = ({ workspaceId, id: memberId }: Actor, { flowId, tabId }: PageOf): store.Page => ({
  ...{ workspaceId, memberId, flowId, tabId },
});

function presenceOf(
  { draftRevision, tabs }: store.Seen,
  me: { readonly memberId: string; readonly tabId: string; readonly named: ReadonlyMap<string, string> },
): Presence {
  const holder = holderOf(tabs);
  const others = [...new Set(tabs.map(({ memberId }) => memberId))].filter((memberId) => memberId !== me.memberId);
  return {
    draftRevision,
    others: others.map((memberId) => ({
      ...{ memberId, name: me.named.get(memberId) ?? null },
      isEditing: holder?.memberId === memberId,
    })),
    pen: holder && {
      holder: whose(holder, me),
      name: me.named.get(holder.memberId) ?? null,
      isActive: isActive(holder),
    },
  };
}

function whose(holder: Tab, me: { readonly memberId: string; readonly tabId: string }): Pen["holder"] {
  if (holder.tabId === me.tabId) return "this-tab";
  return holder.memberId === me.memberId ? "other-tab" : "other";
}

/** Pages are a person's: a program has none. It learns first that there is no such flow. */
async function refusePrograms(reader: Reader, actor: Actor, flowId: string): Promise<void> {
  if (actor.kind === "member") return;
  throw (await findFlow(reader, actor.workspaceId, flowId)) ? sessionsOnly() : notFound("flow");
}

const penHeld = (holder: Tab, name: string | null) =>
  conflict(
    "pen_held",
    `${name ?? "Somebody else"} is editing this flow. Take over on its page, or wait until they are done; what you have is not lost.`,
    { holder: { memberId: holder.memberId, name }, isActive: isActive(holder) },
  );

import { transact } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Reader, Tx } from "../db/database.js";
import { conflict, forbidden, notFound, sessionsOnly } from "../errors.js";
import { pageFrom } from "../http/paging.js";
import type { Actor } from "../http/route.js";
import { mayDo } from "../members/authorize.js";
import { activeMembers } from "./owners.js";
import type { Answers } from "./oversight-api.js";
import type { OversightDependencies } from "./registry.js";
import type { Ask, RequestState, ToolRequest } from "./request-api.js";
import * as store from "./request-store.js";
import type { RequestRow } from "./request-store.js";
import { readEntry, saveAnswers } from "./save-answers.js";

interface Asked {
  readonly state?: RequestState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Tools that somebody asked for, who decides, and what became of them. */
export const createRequests = (own: OversightDependencies) => ({
  /** Who decides sees all of them; anybody else their own. */
  async list(actor: Actor, { limit, ...asked }: Asked) {
    const askedBy = mayDo(actor, "oversight:manage") ? undefined : actor.id;
    const query = { ...asked, askedBy, workspaceId: actor.workspaceId, limit: limit + 1 };
    const { rows, next } = pageFrom(await store.listRequests(own.db, query), limit);
    return { items: await views(own, own.db, rows), next };
  },

  ask: (actor: Actor, ask: Ask): Promise<ToolRequest> =>
    transact(own.db, async (tx) => {
      const { workspaceId, id: askedBy } = refuseTokens(actor);
      const id = await store.insertRequest(tx, { ...ask, workspaceId, askedBy });
      await tell(tx, actor, { action: "tool_request.asked", id });
      return view(own, tx, actor, id);
    }),

  /** Nobody decides on what they asked for themselves. */
  decide: (actor: Actor, id: string, { state, reason }: Decision): Promise<ToolRequest> =>
    transact(own.db, async (tx) => {
      const request = await lock(tx, actor, id);
      if (request.askedBy === refuseTokens(actor).id)
        throw forbidden("You asked for this yourself. Another admin or privacy officer decides.");
      if (request.state !== "open") throw conflict("request_decided", "This was decided already.");
      await store.decideRequest(tx, id, { state, by: actor.id, reason });
      await tell(tx, actor, { action: `tool_request.${state}`, id });
      return view(own, tx, actor, id);
    }),

  /** What was asked becomes what is said of the thing, beside what was said of it before; whoever asked is its owner. */
  link: (actor: Actor, id: string, thingId: string): Promise<ToolRequest> =>
    transact(own.db, async (tx) => {
      const request = await lock(tx, actor, id);
      if (request.state !== "approved")
        throw conflict("request_not_approved", "Only what was approved, and is not linked yet, can be linked.");
      const { kind } = request;
      const before = await readEntry(own, tx, { workspaceId: actor.workspaceId, kind, id: thingId });
      const isLetIn = (await activeMembers(tx, actor.workspaceId)).includes(request.askedBy);
      await saveAnswers(own, tx, { actor, kind, id: thingId, answers: answersBy(request, before, isLetIn) });
      await store.fulfilRequest(tx, id, thingId);
      await tell(tx, actor, { action: "tool_request.linked", id });
      return view(own, tx, actor, id);
    }),
});

export type Requests = ReturnType<typeof createRequests>;

interface Decision {
  readonly state: "approved" | "declined";
  readonly reason: string | null;
}

/** A token is nobody who could ask or be told apart from whoever asked. */
function refuseTokens(actor: Actor): Actor {
  if (actor.kind === "token") throw sessionsOnly("Only a person who is signed in asks for tools and decides on them.");
  return actor;
}

async function lock(tx: Tx, { workspaceId }: Actor, id: string): Promise<RequestRow> {
  const request = await store.lockRequest(tx, { workspaceId, id });
  if (!request) throw notFound("request");
  return request;
}

function answersBy(
  { purpose, lawfulBasis, dataClasses, dataSubjects, askedBy }: RequestRow,
  before: Answers,
  isLetIn: boolean,
): Answers {
  const { place, agreement, agreementOn, agreementReference, yearlyCost, currency, retention, region } = before;
  const { credentialOwnerId, credentialExpiresOn } = before;
  return {
    ...{ place, agreement, agreementOn, agreementReference, yearlyCost, currency, retention, region },
    ...{ credentialOwnerId, credentialExpiresOn, purpose, lawfulBasis, dataClasses, dataSubjects },
    ownerId: before.ownerId ?? (isLetIn ? askedBy : null),
  };
}

async function view(own: OversightDependencies, tx: Tx, { workspaceId }: Actor, id: string): Promise<ToolRequest> {
  const row = await store.lockRequest(tx, { workspaceId, id });
  const [only] = await views(own, tx, row ? [row] : []);
  if (!only) throw notFound("request");
  return only;
}

async function views(own: OversightDependencies, reader: Reader, rows: readonly RequestRow[]): Promise<ToolRequest[]> {
  const ids = rows.flatMap(({ askedBy, decidedBy }) => [askedBy, ...(decidedBy === null ? [] : [decidedBy])]);
  const names = await own.names(reader, [...new Set(ids)]);
  return rows.map(({ workspaceId: _own, ...row }) => ({
    ...row,
    askedByName: names.get(row.askedBy) ?? null,
    askedAt: row.askedAt.toISOString(),
    decidedByName: names.get(row.decidedBy ?? "") ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }));
}

const tell = (tx: Tx, actor: Actor, { action, id }: { action: AuditAction; id: string }) =>
  auditBy(tx, actor, { action, target: { kind: "tool_request", id } });

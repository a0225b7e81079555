import { maskPersonalData } from "../../workflows/flow/personal-data.js";
import type { Db, Reader } from "../db/database.js";
import { conflict, forbidden } from "../errors.js";
import { dayOf } from "../employees/day-id.js";
import { withheldOf } from "../employees/withheld.js";
import { pageFrom } from "../http/paging.js";
import { defineRoute, type Route } from "../http/route.js";
import { mayDo } from "../members/authorize.js";
import { seerOf, type Seer } from "../members/reach-where.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import { searchState } from "../search/search-store.js";
import { feedbackListSchema, feedbackQuerySchema, type FeedbackItem } from "./feedback-api.js";
import { listRevisions, runsOfResponses } from "./feedback-store.js";

export const feedbackRoutes = ({ db, vault }: { db: Db; vault: Vault }): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/feedback",
    access: "feedback:read",
    summary: "What people said, newest first, and what came of it",
    query: feedbackQuerySchema,
    reply: feedbackListSchema,
    handle: async ({ actor, query }) => {
      const { workspaceId } = actor;
      const mayReadPeople = mayDo(actor, "people:read");
      if (query.words !== undefined) await refuseSearch(db, { workspaceId, mayReadPeople });
      const asked = { ...query, ...seerOf(actor), limit: query.limit + 1 };
      const rows = await listRevisions(db, asked);
      const page = pageFrom(rows, query.limit);
      return {
        items: await feedbackItems(db, vault, { rows: page.rows, seer: seerOf(actor), mayReadPeople }),
        next: page.next,
        withheld: query.cursor === undefined ? await withheldOf(db, asked) : [],
      };
    },
  }),
];

/** What is found tells what was said. */
async function refuseSearch(
  reader: Reader,
  { workspaceId, mayReadPeople }: { readonly workspaceId: string; readonly mayReadPeople: boolean },
): Promise<void> {
  if (!mayReadPeople) throw forbidden("To search what people said you need the right to read it. Ask an admin.");
  const state = await searchState(reader, workspaceId);
  if (state === "on" || state === "building") return;
  throw conflict("search_off", "What people said cannot be searched. An admin can switch that on under Settings.");
}

type RevisionRow = Awaited<ReturnType<typeof listRevisions>>[number];

interface Asked {
  readonly rows: readonly RevisionRow[];
  /** Whose runs are told. */
  readonly seer: Seer;
  readonly mayReadPeople: boolean;
}

async function feedbackItems(
  reader: Reader,
  vault: Vault,
  { rows, seer, mayReadPeople }: Asked,
): Promise<FeedbackItem[]> {
  const responseIds = rows.filter(({ group_id }) => group_id === null).map(({ response_id }) => response_id);
  const runs = await runsOfResponses(reader, { responseIds, ...seer });
  const show = (sealed: Buffer | null): Buffer | null => (mayReadPeople ? sealed : null);
  const comments = await openTexts(
    vault,
    reader,
    rows.map(({ revision_id, comment }) => ({ sealed: show(comment), place: `revision.comment|${revision_id}` })),
  );
  const names = await openTexts(
    vault,
    reader,
    rows.map(({ contact_id, contact_name, group_id }) => ({
      sealed: group_id === null ? show(contact_name) : null,
      place: `contact.name|${contact_id}`,
    })),
  );
  return rows.map((row, index) => ({
    id: row.id,
    sourceId: row.source_id,
    sourceName: row.source_name,
    metric: row.metric,
    score: row.score,
    scaleMin: row.scale_min,
    scaleMax: row.scale_max,
    comment: wordsOf(row, comments[index] ?? null),
    contactName: names[index] ?? null,
    contentKept: row.content_gone_at === null,
    ...timesOf(row),
    group: row.least === null ? null : { atLeast: row.least, relation: row.relation },
    outcome: row.group_id === null ? row.outcome : null,
    runs: runs
      .filter(({ response_id }) => response_id === row.response_id)
      .map(({ id, flow_id, flow_name, state }) => ({ id, flowId: flow_id, flowName: flow_name, state })),
  }));
}

/** Of a group without the address under which somebody wants to be answered. */
const wordsOf = ({ group_id }: RevisionRow, comment: string | null): string | null =>
  comment === null || group_id === null ? comment : maskPersonalData(comment);

/** Of a group its day, the same for everybody in it. */
function timesOf({
  formed_at,
  occurred_at,
  received_at,
}: RevisionRow): Pick<FeedbackItem, "occurredAt" | "receivedAt"> {
  const [occurred, received] = formed_at ? [dayOf(formed_at), dayOf(formed_at)] : [occurred_at, received_at];
  return { occurredAt: occurred.toISOString(), receivedAt: received.toISOString() };
}

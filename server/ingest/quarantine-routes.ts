import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { pageFrom } from "../http/paging.js";
import { defineRoute, type Route } from "../http/route.js";
import { seerOf } from "../members/reach-where.js";
import { quarantineListSchema, quarantineQuerySchema, replayedSchema } from "./quarantine-api.js";
import type { QuarantineService } from "./quarantine-service.js";

export const quarantineRoutes = (quarantine: QuarantineService): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/quarantine",
    access: "sources:read",
    summary: "Deliveries that are held because their source could not read them, newest first",
    query: quarantineQuerySchema,
    reply: quarantineListSchema,
    handle: async ({ actor, query }) => {
      const asked = { ...query, ...seerOf(actor), limit: query.limit + 1 };
      const { rows, next } = pageFrom(await quarantine.list(asked), query.limit);
      return { items: rows.map(heldView), next };
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/quarantine/:quarantineId/replay",
    access: "sources:manage",
    summary: "Read a held delivery again, with its source's mapping as it is now",
    params: z.object({ quarantineId: uuidSchema }),
    reply: replayedSchema,
    handle: async ({ actor, params }) => {
      const { eventId, runIds, reason } = await quarantine.replay(actor, params.quarantineId);
      return { eventId, runIds: [...runIds], reason };
    },
  }),
];

const heldView = (row: Awaited<ReturnType<QuarantineService["list"]>>[number]) => ({
  id: row.id,
  sourceId: row.source_id,
  sourceName: row.source_name,
  receivedAt: row.received_at.toISOString(),
  reason: row.reason,
  field: row.field,
  state: row.state,
});

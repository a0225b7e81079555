import { z } from "zod";
import type { Db, Reader } from "../db/database.js";
import { notFound } from "../errors.js";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { seerOf } from "../members/reach-where.js";
import { drawnOf } from "./drawn-of.js";
import { findFlow, type FlowRow } from "./flow-store.js";
import { drawnVersionSchema, flowVersionListSchema } from "./version-api.js";
import { countByVersion, findDrawn, listVersions, type ListedVersion } from "./version-store.js";

interface Dependencies {
  readonly db: Db;
  readonly memberName: (memberId: string) => Promise<string | null>;
}

/** What was published of a flow. */
export const versionRoutes = (dependencies: Dependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/flows/:flowId/versions",
    access: "flows:read",
    summary: "Published versions, newest first",
    params: z.object({ flowId: uuidSchema }),
    reply: flowVersionListSchema,
    handle: async ({ actor, params: { flowId } }) => {
      const { db } = dependencies;
      const flow = await found(db, actor.workspaceId, flowId);
      const counts = await countByVersion(db, flowId, seerOf(actor));
      const versions = await listVersions(db, flowId);
      const items = versions.map(async (version) => ({
        ...(await viewOf(dependencies, flow, version)),
        runs: counts.get(version.id) ?? 0,
      }));
      return { items: await Promise.all(items) };
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/flows/:flowId/versions/:versionId",
    access: "flows:read",
    summary: "One published version as it was drawn",
    params: z.object({ flowId: uuidSchema, versionId: uuidSchema }),
    reply: drawnVersionSchema,
    handle: async ({ actor, params: { flowId, versionId } }) => {
      const { db } = dependencies;
      const flow = await found(db, actor.workspaceId, flowId);
      const version = await findDrawn(db, flowId, versionId);
      if (!version) throw notFound("version");
      return { ...(await viewOf(dependencies, flow, version)), drawn: drawnOf(version) };
    },
  }),
];

async function found(reader: Reader, workspaceId: string, flowId: string): Promise<FlowRow> {
  const flow = await findFlow(reader, workspaceId, flowId);
  if (!flow) throw notFound("flow");
  return flow;
}

const viewOf = async ({ memberName }: Dependencies, flow: FlowRow, version: ListedVersion) => ({
  id: version.id,
  number: version.number,
  note: version.note,
  overrideReason: version.override_reason,
  publishedAt: version.published_at.toISOString(),
  publishedBy: (version.published_by && (await memberName(version.published_by))) ?? "API",
  isLive: flow.state === "live" && flow.version_id === version.id,
});

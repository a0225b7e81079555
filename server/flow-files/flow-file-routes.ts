import { z } from "zod";
import { fromFile } from "../../workflows/flow/file/from-file.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { notFound } from "../errors.js";
import type { FlowService } from "../flows/flow-service.js";
import { findFlow } from "../flows/flow-store.js";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { importedSchema, importFileSchema } from "./flow-file-api.js";
import { idsOf, namedFor, namesOf } from "./named-here.js";
import { readFlowFile } from "./read-file.js";
import { writeFlowFile } from "./write-file.js";

export interface FlowFileRouteDependencies {
  readonly db: Db;
  readonly flows: Pick<FlowService, "create">;
  readonly changed: (workspaceId: string, flowId: string) => void;
}

export const flowFileRoutes = ({ db, flows, changed }: FlowFileRouteDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/flows/:flowId/file",
    access: "flows:read",
    summary: "The draft as a YAML file: connections and sources by name, nothing of this installation",
    params: z.object({ flowId: uuidSchema }),
    reply: "stream",
    handle: async ({ actor, params, response }) => {
      const flow = await findFlow(db, actor.workspaceId, params.flowId);
      if (!flow) throw notFound("flow");
      const text = writeFlowFile(flow, namesOf(await namedFor(db, actor)));
      response
        .type("application/yaml")
        .attachment(`${fileName(flow.name)}.flow.yaml`)
        .send(text);
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/flow-files",
    access: "flows:edit",
    summary: "A new flow from a YAML file; problems are answered 422 with their lines",
    body: importFileSchema,
    reply: importedSchema,
    status: 201,
    handle: async ({ actor, body }) => {
      const file = readFlowFile(body.file);
      const made = await transact(db, async (tx) => {
        const { draft, missing, name } = fromFile(file, idsOf(await namedFor(tx, actor)));
        const given = body.name ?? name;
        return { id: await flows.create(tx, actor, { name: given, draft }), name: given, missing: [...missing] };
      });
      changed(actor.workspaceId, made.id);
      return made;
    },
  }),
];

/** Of letters, digits and dashes, which every system takes. */
const fileName = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "")
    .toLowerCase() || "flow";

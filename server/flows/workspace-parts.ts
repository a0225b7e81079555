import type { Action } from "../../integrations/connector.js";
import { listConnections } from "../connections/connection-store.js";
import type { Reader } from "../db/database.js";
import { isOfEmployees, listSources } from "../sources/source-store.js";
import { createCatalogue } from "./catalogue.js";
import type { WorkspaceParts } from "./flow-service.js";

/** Reads what a workspace's flows may name: its connections, its sources, and the actions there are. */
export const workspacePartsReader =
  (actions: readonly Action[]) =>
  async (reader: Reader, workspaceId: string): Promise<WorkspaceParts> => {
    const connections = await listConnections(reader, workspaceId);
    const sources = await listSources(reader, workspaceId);
    const connectors = new Map(connections.map(({ id, connector }) => [id, connector]));
    return {
      catalogue: createCatalogue(actions, (connectionId) => connectors.get(connectionId)),
      connectionIds: [...connectors.keys()],
      sourceIds: sources.map(({ id }) => id),
      employeeSourceIds: sources.filter(isOfEmployees).map(({ id }) => id),
    };
  };

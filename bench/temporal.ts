import { Client, Connection } from "@temporalio/client";
import type { Health } from "../server/health/health-api.js";
import type { Product } from "./sides/product.js";

type Told = Pick<Product, "api">;

async function withTemporal<Result>({ api }: Told, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const { temporal } = (await api("GET", "/api/health")) as Health;
  const connection = await Connection.connect({ address: temporal.address });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

export const temporalVersion = (product: Told): Promise<string> =>
  withTemporal(product, async ({ workflowService }) => (await workflowService.getSystemInfo({})).serverVersion);

/** Runs that got a driver of their own so far, and did not end in the fast lane. A run that had two in turn counts twice. */
export const driversStarted = (product: Told): Promise<number> => started(product, "driveRun");

/** Batches of the fast lane so far. */
export const batchesStarted = (product: Told): Promise<number> => started(product, "driveBatch");

const started = (product: Told, type: string): Promise<number> =>
  withTemporal(product, async (connection) => {
    const client = new Client({ connection });
    return (await client.workflow.count(`WorkflowType = '${type}'`)).count;
  });

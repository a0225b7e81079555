import { randomUUID } from "node:crypto";
import { Client, Connection } from "@temporalio/client";
import { msToTs } from "@temporalio/common/lib/time.js";
import { until } from "../../workflows/testing/until.js";
import { SEARCH_ATTRIBUTES } from "../../bin/supervisor/temporal/server.js";

/** temporal.api.enums.v1.IndexedValueType */
const KEYWORD = 2;

export interface TestTemporalClient {
  readonly client: Client;
  readonly namespace: string;
  close(): Promise<void>;
}

/** A client in a namespace of its own, so that products that share a server never take each other's work. */
export async function openTestNamespace(address: string): Promise<TestTemporalClient> {
  const namespace = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs("1 day"),
  });
  const client = new Client({ connection, namespace });
  const searchAttributes = Object.fromEntries(Object.keys(SEARCH_ATTRIBUTES).map((name) => [name, KEYWORD]));
  const usable = async (): Promise<void> => {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
  };
  // A new namespace is known to every part of the server only after its cache was refreshed.
  const tried = () => usable().then(() => "usable", String);
  await until(tried, (answer) => answer === "usable", { what: "the new namespace", everyMs: 100 });
  return { client, namespace, close: () => connection.close() };
}

/** The namespace that every dev server has, for tests that lose the server's whole state. */
export async function openDefaultNamespace(address: string): Promise<TestTemporalClient> {
  const connection = await Connection.connect({ address });
  return {
    client: new Client({ connection, namespace: "default" }),
    namespace: "default",
    close: () => connection.close(),
  };
}

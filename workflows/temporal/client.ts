import { Client, Connection, isGrpcServiceError } from "@temporalio/client";
import { loadClientConnectConfig } from "@temporalio/envconfig";
import type { OwnerRef } from "../ledger/owner.js";
import { DRIVE_QUEUE, driverId, drivers } from "./messages.js";
import { createSchedules, type Schedules } from "./schedules.js";

export type { FlowSchedule } from "./schedules.js";

/** Wakes, starts or revives an owner's driver. Only a hint: whoever cannot poke is caught up by the sweeper. */
export type Poke = (owner: OwnerRef) => Promise<void>;

export interface TemporalClient {
  readonly poke: Poke;
  /** Deletes what Temporal keeps of an owner's driver; one that runs is ended. Nothing there is no error. */
  readonly forget: (owner: OwnerRef) => Promise<void>;
  /** When flows start by themselves. */
  readonly schedules: Schedules;
  /** Throws when the cluster cannot be reached. */
  readonly probe: () => Promise<void>;
  readonly namespace: string;
  readonly client: Client;
  readonly close: () => Promise<void>;
}

export interface TemporalAddress {
  readonly address: string;
}

/** Namespace, TLS and API key come from the SDK's own environment configuration (TEMPORAL_NAMESPACE, TEMPORAL_TLS, TEMPORAL_API_KEY …). */
export function connectOptions({ address }: TemporalAddress) {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  return { connection: { ...connectionOptions, address }, namespace: namespace ?? "default" };
}

/** google.rpc.Code.NOT_FOUND */
const GRPC_NOT_FOUND = 5;

/** Lazy: the api starts, answers and keeps events while Temporal is away. */
export function openTemporal(where: TemporalAddress): TemporalClient {
  const { connection: options, namespace } = connectOptions(where);
  const connection = Connection.lazy({ ...options, connectTimeout: "5 seconds" });
  const client = new Client({ connection, namespace });
  return {
    client,
    namespace,
    schedules: createSchedules(client),
    async poke({ kind, id }) {
      await connection.withDeadline(Date.now() + 5_000, () =>
        client.workflow.signalWithStart(drivers[kind], {
          workflowId: driverId(kind, id),
          taskQueue: DRIVE_QUEUE,
          args: [id],
          signal: "poke",
          signalArgs: [],
          workflowIdReusePolicy: "ALLOW_DUPLICATE",
        }),
      );
    },
    async forget({ kind, id }) {
      const workflowExecution = { workflowId: driverId(kind, id) };
      await connection
        .withDeadline(Date.now() + 5_000, () =>
          connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution }),
        )
        .catch((error: unknown) => {
          const code: number | null = isGrpcServiceError(error) ? error.code : null;
          if (code !== GRPC_NOT_FOUND) throw error;
        });
    },
    async probe() {
      await connection.withDeadline(Date.now() + 2_000, () => connection.workflowService.getSystemInfo({}));
    },
    close: () => connection.close(),
  };
}

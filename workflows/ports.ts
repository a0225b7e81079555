import type { OpenConnection } from "../integrations/connector.js";
import type { Catalogue, FlowContext } from "./flow/catalogue.js";
import type { PublishedFlow } from "./flow/schema.js";
import type { Reader, Tx } from "./ledger/tx.js";

/** What execution asks of features; `server/runtime.ts` hands them in. */

export interface SealRequest {
  readonly subjectId: string;
  /** `table.column|row`: a cell opens only where it was sealed for. */
  readonly place: string;
  /** JSON, or raw bytes. */
  readonly value: unknown;
}
export type Opened = { readonly erased: false; readonly value: unknown } | { readonly erased: true };

export interface Sealer {
  /** In the order asked; null for null, and where the subject's key is gone. */
  seal(reader: Reader, cells: readonly SealRequest[]): Promise<(Buffer | null)[]>;
  /** In the order asked; throws where a cell was tampered with. */
  open(reader: Reader, cells: readonly { readonly sealed: Buffer | null; readonly place: string }[]): Promise<Opened[]>;
}

export interface RunRef {
  readonly id: string;
  readonly workspaceId: string;
  readonly flowId: string;
  readonly flowVersionId: string;
  readonly responseId: string;
  readonly revisionId: string;
  readonly subjectId: string;
}

export interface ApprovalOpening {
  readonly approvalId: string;
  readonly nodeId: string;
  readonly connectionId: string;
  readonly channel: string;
  readonly approvers: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly expiresAt: Date;
}

export interface ConnectionBrief {
  readonly id: string;
  readonly connector: string;
  readonly state: "ok" | "paused" | "broken";
}

export interface OpenedConnection extends OpenConnection {
  /** The system refused its credentials: unless they were replaced since, all that needs the connection waits for a person. */
  refused(tx: Tx, code: string): Promise<void>;
}

export interface ExecutionPorts {
  readonly sealer: Sealer;
  readonly catalogue: Catalogue;
  /** Immutable, so the implementation may keep it. */
  publishedFlow(reader: Reader, flowVersionId: string): Promise<PublishedFlow>;
  /** In the order asked; null when the person was erased: the run then finishes as erased. */
  loadContexts(reader: Reader, runs: readonly RunRef[]): Promise<(FlowContext | null)[]>;
  /** When the run's event happened or was received, whichever was first; null where nobody knows it any more. */
  eventTime(reader: Reader, run: RunRef): Promise<Date | null>;
  openApproval(tx: Tx, run: RunRef, opening: ApprovalOpening): Promise<void>;
  /** The same compare-and-set that judges a click: true when it was still pending and is expired now. */
  expireApproval(tx: Tx, approvalId: string): Promise<boolean>;
  /** Those of the run that are still pending, but for `kept`. */
  withdrawApprovals(tx: Tx, runId: string, kept: readonly string[]): Promise<void>;
  connectionBriefs(reader: Reader, ids: readonly string[]): Promise<readonly ConnectionBrief[]>;
  /**
   * Unseals what calls need, in the order asked; null where a connection is not to be used now. An id of null stands for an action that
   * needs none. Throws where one of them does not open.
   */
  openConnections(reader: Reader, ids: readonly (string | null)[]): Promise<readonly (OpenedConnection | null)[]>;
  /** Something a person must see happened: a step stuck, an effect doubled. */
  incident(tx: Tx, incident: Incident): Promise<void>;
  /** After the commit that made a run due: whoever drives runs is told. Only a hint: never throws, never waits. */
  wake(runId: string): void;
  /** Tells open pages; called after commit. */
  changed(workspaceId: string, topic: "run" | "connection", ids: readonly string[]): void;
}

export interface Incident {
  readonly workspaceId: string;
  readonly kind: "run_stuck" | "effect_doubled";
  readonly about: { readonly kind: "run" | "notice"; readonly id: string };
  readonly nodeId: string | null;
  readonly code: string;
}

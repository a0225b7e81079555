import { AsyncLocalStorage } from "node:async_hooks";
import type { Operation, SystemName } from "../system.js";
import type { LogEntry } from "./request-log.js";

/** What the core knows about the request that a system is answering right now. */
export interface RequestContext {
  readonly system: SystemName;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly body: Buffer;
  readonly entry: LogEntry;
  /** Standing fault rules already judged for this request, by rule id. */
  readonly judged: Map<string, boolean>;
  /** A person acting on the sandbox page: faults are for the product, not for them. */
  readonly faultless: boolean;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();

/**
 * What a sandboxed system (Slack, Jira, Salesforce) is given, and what it must give back. The core owns sockets, faults, time,
 * the log and the disk; a system only answers requests over collections, so that every system fails and persists alike.
 */

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

export type SystemName = "slack" | "jira" | "salesforce";

export interface SandboxRequest {
  readonly method: string;
  /** Decoded once, without the query string. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface SandboxReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is, undefined as an empty body. */
  readonly body?: string | Buffer | object;
}

/** Names a request for fault rules, the log and FIDELITY.md. */
export interface Operation {
  /** For example "chat.postMessage", "POST /issue", "POST /sobjects/Task"; "unsupported" answers 501. */
  readonly name: string;
  /** Whether it changes the system: only such requests may be faulted "after apply". */
  readonly writes: boolean;
  readonly sobject?: string;
}

/** Rows that survive a restart: every put and delete is on disk before the request that made it is answered. */
export interface Collection<Row extends object> {
  get(id: string): Row | undefined;
  all(): Row[];
  put(id: string, row: Row): void;
  delete(id: string): void;
}

/** One webhook or interaction that a system sends us; faults (dup_delivery, delay, reorder, bad_signature) apply to it. */
export interface Delivery {
  readonly system: SystemName;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds after which the sender gives up on an answer. */
  readonly timeoutMs: number;
  /** Waits before each redelivery; empty: never again. */
  readonly retryAfterMs: readonly number[];
  /** Decides by status whether the sender is satisfied. */
  readonly accepted: (status: number, body: string) => boolean;
  /** Headers of a redelivery: attempt counts from 1. */
  readonly retryHeaders?: (attempt: number) => Record<string, string>;
  /** Sends by another road than HTTP (Slack's Socket Mode); duplicates, delays and order are still the core's. */
  readonly transport?: (body: string, attempt: number) => Promise<DeliveryResult>;
}

export interface DeliveryResult {
  readonly status: number | null;
  readonly body: string;
}

export interface World {
  /** Sandbox time in milliseconds since the epoch: the machine's clock plus what /control/clock added. */
  now(): number;
  /** Seeded and never repeated, also across restarts: "C" → "C0000000A1". */
  nextId(prefix: string, length?: number): string;
  /** A strictly increasing counter that survives restarts. */
  nextNumber(name: string): number;
  collection<Row extends object>(system: SystemName, name: string): Collection<Row>;
  /** Runs by the sandbox clock, so /control/clock brings it forward; not kept across restarts. */
  schedule(afterMs: number, run: () => void | Promise<void>): void;
  /** Registers that a write carrying an idempotency key took effect; two with one key are a duplicate. */
  recordEffect(effect: { system: SystemName; key: string; externalId: string; url: string }): void;
  deliver(delivery: Delivery): Promise<DeliveryResult>;
  /**
   * The value of a standing fault of this kind, for faults that live inside a system (index_lag, lock_row, history_unavailable …).
   * Carries `ruleId` and `since` (sandbox time at which the rule was set: tokens issued before it are those that expire_session ends).
   * Inside a request the rule's match, p and times are judged once, so asking twice uses it up once; ask only where it would apply.
   */
  standingFault(system: SystemName, fault: string): Readonly<Record<string, unknown>> | undefined;
  /** Tells the page that something changed. */
  changed(system: SystemName): void;
  /** Address of a system's port, for example "http://127.0.0.1:4002". */
  baseUrl(system: SystemName): string;
  /** Address of the product, for example "http://127.0.0.1:4000"; it may change while running. */
  productUrl(): string;
  /** A setting given to startSandbox or POST /control/settings, for example "slack.interactivityUrl". */
  setting(name: string): string | undefined;
}

export interface SandboxSystem {
  readonly name: SystemName;
  /** Added to the product's PORT. */
  readonly portOffset: number;
  operation(request: SandboxRequest): Operation;
  handle(request: SandboxRequest, operation: Operation): SandboxReply | Promise<SandboxReply>;
  /** Fills empty collections with the demo's world; called on a first start and on /control/reset. */
  seed(): void;
  /** Every name that operation() can give, but "unsupported"; each must have a row in FIDELITY.md (a test compares). */
  readonly operations?: readonly string[];
  /** What a person does in the system rather than an API client: POST /control/<name> or /control/<system>/<name>. */
  readonly actions?: Readonly<Record<string, (input: unknown) => Promise<SandboxReply> | SandboxReply>>;
  /** Takes over a connection that asks for another protocol (Socket Mode). */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Ends what the core does not know of: open web sockets, timers of its own. */
  readonly stop?: () => void;
}

export type CreateSystem = (world: World) => SandboxSystem;

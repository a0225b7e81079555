import type { World } from "../system.js";
import { fail } from "./failure.js";

/**
 * Refusals for which the fake has no state of its own: locks, quotas, permissions, triggers. `lock_row{n}` is a standing fault; the others
 * are called up by setting `salesforce.refuse` to the error code, until it is cleared.
 */
interface Refusal {
  readonly message: string;
  /** Where it strikes: on any request, on saves (also inside a composite), or on queries. */
  readonly on: "request" | "save" | "query";
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  API_CURRENTLY_DISABLED: { on: "request", message: "API is currently disabled for this organization." },
  API_DISABLED_FOR_ORG: { on: "request", message: "The REST API is not enabled for this Organization." },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    on: "save",
    message: "FeedbackTrigger: execution of BeforeInsert caused by: System.DmlException: Insert failed.",
  },
  ENTITY_IS_LOCKED: { on: "save", message: "the entity is locked for editing" },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
    on: "save",
    message: "insufficient access rights on cross-reference id",
  },
  INSUFFICIENT_ACCESS_OR_READONLY: { on: "save", message: "insufficient access rights on object id" },
  QUERY_TIMEOUT: { on: "query", message: "Your query request was running for too long." },
  REQUEST_LIMIT_EXCEEDED: { on: "request", message: "TotalRequests Limit exceeded." },
  SERVER_UNAVAILABLE: { on: "request", message: "The server is unavailable. Try again later." },
  STORAGE_LIMIT_EXCEEDED: { on: "save", message: "storage limit exceeded" },
  UNKNOWN_EXCEPTION: {
    on: "save",
    message: "An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-12345 (-1)",
  },
};

function refused(world: World, on: Refusal["on"]): void {
  const code = world.setting("salesforce.refuse") ?? "";
  const refusal = REFUSALS[code];
  if (refusal?.on === on) fail(code, refusal.message, on === "save" ? [] : undefined);
}

export function refusedRequest(world: World): void {
  refused(world, "request");
}

export function refusedQuery(world: World): void {
  refused(world, "query");
}

export function refusedSave(world: World): void {
  if (world.standingFault("salesforce", "revoke_scope")) {
    fail("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", []);
  }
  if (world.standingFault("salesforce", "lock_row")) {
    fail(
      "UNABLE_TO_LOCK_ROW",
      "unable to obtain exclusive access to this record or 1 records: 001Lw00000000001AAA",
      [],
    );
  }
  refused(world, "save");
}

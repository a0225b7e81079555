import { describe, expect, it } from "vitest";
import { classify, readErrors } from "./errors.js";

const judged = (body: unknown, status: number, writes: boolean) => classify(readErrors(body), { status, writes });
const one = (errorCode: string, message = "said so") => [{ message, errorCode, fields: ["Email"] }];

describe("every row of the error table", () => {
  it.each([
    ["UNABLE_TO_LOCK_ROW", 400, "TRANSIENT", "TRANSIENT"],
    ["UNABLE_TO_LOCK_ROW", 500, "TRANSIENT", "TRANSIENT"],
    ["SERVER_UNAVAILABLE", 503, "TRANSIENT", "TRANSIENT"],
    ["QUERY_TIMEOUT", 400, "AMBIGUOUS", "TRANSIENT"],
    ["REQUEST_LIMIT_EXCEEDED", 403, "TRANSIENT", "TRANSIENT"],
    ["INVALID_SESSION_ID", 401, "AUTH", "AUTH"],
    ["API_DISABLED_FOR_ORG", 403, "REJECTED", "REJECTED"],
    ["API_CURRENTLY_DISABLED", 403, "REJECTED", "REJECTED"],
    ["INSUFFICIENT_ACCESS_OR_READONLY", 403, "REJECTED", "REJECTED"],
    ["INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", 400, "REJECTED", "REJECTED"],
    ["REQUIRED_FIELD_MISSING", 400, "REJECTED", "REJECTED"],
    ["FIELD_CUSTOM_VALIDATION_EXCEPTION", 400, "REJECTED", "REJECTED"],
    ["INVALID_FIELD", 400, "REJECTED", "REJECTED"],
    ["INVALID_FIELD_FOR_INSERT_UPDATE", 400, "REJECTED", "REJECTED"],
    ["INVALID_TYPE", 400, "REJECTED", "REJECTED"],
    ["MALFORMED_ID", 400, "REJECTED", "REJECTED"],
    ["MALFORMED_QUERY", 400, "REJECTED", "REJECTED"],
    ["STRING_TOO_LONG", 400, "REJECTED", "REJECTED"],
    ["INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", 400, "REJECTED", "REJECTED"],
    ["INVALID_CROSS_REFERENCE_KEY", 400, "REJECTED", "REJECTED"],
    ["ENTITY_IS_LOCKED", 400, "REJECTED", "REJECTED"],
    ["STORAGE_LIMIT_EXCEEDED", 400, "REJECTED", "REJECTED"],
    ["JSON_PARSER_ERROR", 400, "REJECTED", "REJECTED"],
    ["ENTITY_IS_DELETED", 404, "REJECTED", "REJECTED"],
    ["NOT_FOUND", 404, "REJECTED", "REJECTED"],
    ["DUPLICATES_DETECTED", 400, "REJECTED", "REJECTED"],
    ["DUPLICATE_VALUE", 400, "REJECTED", "REJECTED"],
    ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", 400, "REJECTED", "REJECTED"],
    ["PROCESSING_HALTED", 400, "REJECTED", "REJECTED"],
    ["UNKNOWN_EXCEPTION", 500, "AMBIGUOUS", "TRANSIENT"],
    ["UNKNOWN_EXCEPTION", 400, "AMBIGUOUS", "TRANSIENT"],
    ["SOMETHING_NEW", 400, "REJECTED", "REJECTED"],
    ["SOMETHING_NEW", 500, "AMBIGUOUS", "TRANSIENT"],
  ])("%s (%i) is %s on a write and %s on a read", (errorCode, status, write, read) => {
    const details = { code: errorCode, message: "said so", fields: { Email: "said so" } };
    expect(judged(one(errorCode), status, true)).toMatchObject({ outcome: write, ...details });
    expect(judged(one(errorCode), status, false)).toMatchObject({ outcome: read, ...details });
  });

  it.each([
    ["invalid_grant", "AUTH"],
    ["invalid_client", "AUTH"],
    ["inactive_user", "AUTH"],
    ["temporarily_unavailable", "TRANSIENT"],
  ])("a token endpoint's %s is %s", (error, outcome) => {
    const judgement = judged({ error, error_description: "user hasn't approved this consumer" }, 400, false);
    expect(judgement).toMatchObject({ outcome, code: error, message: `${error}: user hasn't approved this consumer` });
  });

  it.each([
    [401, "AUTH"],
    [404, "REJECTED"],
    [429, "TRANSIENT"],
    [500, "AMBIGUOUS"],
    [503, "AMBIGUOUS"],
  ])("judges %i by its status when the body says nothing", (status, outcome) => {
    expect(judged("<html>", status, true)).toMatchObject({ outcome, code: `http_${status}` });
  });
});

describe("the finer readings", () => {
  it("waits 30 s for concurrency and 15 min for the day's total", () => {
    const concurrent = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
    expect(judged(one("REQUEST_LIMIT_EXCEEDED", concurrent), 403, true).retryAfterMs).toBe(30_000);
    expect(judged(one("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), 403, true).retryAfterMs).toBe(
      900_000,
    );
  });

  it("sees the lock inside an Apex trigger's words", () => {
    const message = "execution of AfterInsert caused by: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access";
    expect(judged(one("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message), 400, true).outcome).toBe("TRANSIENT");
  });

  it("lets a halted request be explained by its sibling", () => {
    const body = [...one("PROCESSING_HALTED"), ...one("UNABLE_TO_LOCK_ROW"), ...one("PROCESSING_HALTED")];
    expect(judged(body, 400, true)).toMatchObject({ outcome: "TRANSIENT", code: "UNABLE_TO_LOCK_ROW" });
  });

  it("takes the gravest of several errors and keeps every message", () => {
    const body = [...one("UNABLE_TO_LOCK_ROW", "locked"), ...one("REQUIRED_FIELD_MISSING", "missing")];
    expect(judged(body, 400, true)).toMatchObject({
      outcome: "REJECTED",
      code: "REQUIRED_FIELD_MISSING",
      message: "locked; missing",
    });
    expect(judged([...body, ...one("UNKNOWN_EXCEPTION")], 500, true).outcome).toBe("AMBIGUOUS");
  });

  it.each(["duplicateResut", "duplicateResult"])(
    "names the records that a duplicate rule matched, spelt %s",
    (spelling) => {
      const matchResults = [{ matchRecords: [{ record: { Id: "003A" } }, { record: { Id: "003B" } }] }];
      const body = [
        {
          errorCode: "DUPLICATES_DETECTED",
          message: "Use one of these records?",
          [spelling]: { allowSave: true, matchResults },
        },
      ];
      expect(judged(body, 400, true)).toMatchObject({
        outcome: "REJECTED",
        message: "Use one of these records? (003A, 003B)",
      });
    },
  );

  it("keeps nothing but codes as a code, because codes are stored clear", () => {
    expect(judged(one("ada@acme.example did it"), 400, true).code).toBe("http_400");
  });
});

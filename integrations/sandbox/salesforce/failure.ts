import type { SandboxReply } from "../system.js";

/** One entry of Salesforce's error list. `more` carries what some errors add, such as `duplicateResut`. */
export interface ApiError {
  readonly errorCode: string;
  readonly message: string;
  readonly fields?: readonly string[];
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Source: REST API Developer Guide, "Status Codes and Error Responses"; 400 unless listed. */
const STATUS: Readonly<Record<string, number>> = {
  API_CURRENTLY_DISABLED: 403,
  API_DISABLED_FOR_ORG: 403,
  ENTITY_IS_DELETED: 404,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INVALID_SESSION_ID: 401,
  METHOD_NOT_ALLOWED: 405,
  NOT_FOUND: 404,
  REQUEST_LIMIT_EXCEEDED: 403,
  SERVER_UNAVAILABLE: 503,
  UNKNOWN_EXCEPTION: 500,
};

export class ApiFailure extends Error {
  readonly errors: readonly ApiError[];

  constructor(errors: readonly ApiError[]) {
    super(errors.map(({ errorCode }) => errorCode).join(", "));
    this.errors = errors;
  }

  get reply(): SandboxReply {
    const status = STATUS[this.errors[0]?.errorCode ?? ""] ?? 400;
    return { status, body: this.errors.map(wireError) };
  }
}

function wireError({ errorCode, message, fields, more }: ApiError): object {
  return { ...more, message, errorCode, ...(fields && { fields }) };
}

export function fail(errorCode: string, message: string, fields?: readonly string[]): never {
  throw new ApiFailure([{ errorCode, message, ...(fields && { fields }) }]);
}

export function notFound(): never {
  return fail("NOT_FOUND", "The requested resource does not exist");
}

/** Something that a real organisation answers and this fake does not imitate. */
export class Unsupported extends Error {
  get reply(): SandboxReply {
    const body = [{ message: `The sandbox does not imitate ${this.message}.`, errorCode: "NOT_IMITATED" }];
    return { status: 501, headers: { "x-fake-unsupported": encodeURI(this.message) }, body };
  }
}

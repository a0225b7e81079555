import { badRequest, type DomainError } from "../errors.js";
import type { Dialect } from "../http/route.js";
import { SCIM } from "./scim-api.js";

/** RFC 7644 section 3.12, table 9. */
type ScimType = "invalidFilter" | "invalidPath" | "invalidValue" | "noTarget" | "uniqueness" | "mutability";

export const scimRefusal = (scimType: ScimType, message: string): DomainError =>
  badRequest("invalid_request", message, { scimType });

const typeOfCode: Readonly<Record<string, ScimType>> = {
  invalid_request: "invalidValue",
  email_taken: "uniqueness",
  last_admin: "mutability",
};

/** Our own errors as the protocol words them. */
export const scimDialect: Dialect = {
  mediaType: SCIM.mediaType,
  errorOf({ status, code, detail, ...more }) {
    const scimType = typeof more["scimType"] === "string" ? more["scimType"] : typeOfCode[code];
    return { schemas: [SCIM.error], status: String(status), ...(scimType !== undefined && { scimType }), detail };
  },
};

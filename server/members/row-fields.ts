import { baseFields } from "../../workflows/flow/fields.js";
import { unprocessable } from "../errors.js";
import { FEEDBACK_ATTRIBUTE, type RowRule } from "./rule-api.js";

export const ACCOUNT = "account.";

/** Fields of what was said that stand in columns of their own. */
export const FEEDBACK_COLUMNS: ReadonlyMap<string, string> = new Map([
  ["feedback.language", "language"],
  ["feedback.product", "product"],
  ["feedback.metric", "metric"],
  ["feedback.domain", "domain"],
]);

const NAME = /^[a-z]\w{0,59}$/i;

/** Of a field that is an attribute: how it is called. */
export const namedIn = (field: string): string =>
  field.slice((field.startsWith(ACCOUNT) ? ACCOUNT : FEEDBACK_ATTRIBUTE).length);

/** Throws 422 where a rule asks for what is sealed, or not stored as it is read. */
export function refuseUnreadable({ segment }: RowRule): void {
  for (const { field } of segment) {
    if (SEALED.has(field))
      throw unprocessable("rule_field_sealed", `“${field}” is sealed, so no rows can be told apart by it.`, { field });
    if (!FEEDBACK_COLUMNS.has(field) && !isAttribute(field))
      throw unprocessable(
        "rule_field_unknown",
        `There is no clear attribute “${field}”. Rows can be told apart by ${FEEDBACK_ATTRIBUTE}…, by ${ACCOUNT}…, and by ${[...FEEDBACK_COLUMNS.keys()].join(", ")}.`,
        { field },
      );
  }
}

/** An account's id at a source is kept as a blind index only, whatever flows may read of it. */
const SEALED: ReadonlySet<string> = new Set([
  ...baseFields.filter(({ dataClass }) => dataClass === "secret").map(({ path }) => path),
  "account.externalId",
]);

const isAttribute = (field: string): boolean =>
  (field.startsWith(ACCOUNT) || field.startsWith(FEEDBACK_ATTRIBUTE)) && NAME.test(namedIn(field));

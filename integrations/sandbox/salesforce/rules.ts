import type { ApiError } from "./failure.js";
import type { Sobject } from "./objects.js";
import type { Records, Row } from "./records.js";

/** What an administrator of this organisation set up: validation rules and one duplicate rule. */

interface ValidationRule {
  readonly sobject: string;
  readonly breaks: (row: Row) => boolean;
  readonly message: string;
  readonly field: string;
}

const VALIDATION_RULES: readonly ValidationRule[] = [
  {
    sobject: "Contact",
    field: "Phone",
    message: "A phone number contains digits.",
    breaks: ({ Phone }) => typeof Phone === "string" && !/\d/.test(Phone),
  },
  {
    sobject: "Case",
    field: "Subject",
    message: "A case of high priority needs a subject.",
    breaks: ({ Priority, Subject }) => Priority === "High" && !Subject,
  },
];

export function brokenRules(sobject: string, row: Row): ApiError[] {
  return VALIDATION_RULES.filter((rule) => rule.sobject === sobject && rule.breaks(row)).map(({ message, field }) => ({
    errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    message,
    fields: [field],
  }));
}

/** The one unique index a field makes; other rows with the value break it. Text is compared as it stands: our keys are case-sensitive. */
export function duplicateValues(sobject: Sobject, row: Row, records: Records): ApiError[] {
  return sobject.fields
    .filter((field) => field.unique && row[field.name] !== null && row[field.name] !== undefined)
    .flatMap(({ name }) => {
      const other = records
        .all(sobject.name)
        .find((candidate) => candidate.Id !== row.Id && candidate[name] === row[name]);
      const message = `duplicate value found: ${name} duplicates value on record with id: ${other?.Id ?? ""}`;
      return other ? [{ errorCode: "DUPLICATE_VALUE", message, fields: [] }] : [];
    });
}

/** A document is shared with a record once. */
export function duplicateShare(sobject: Sobject, row: Row, records: Records): ApiError[] {
  if (sobject.name !== "ContentDocumentLink") return [];
  const { ContentDocumentId, LinkedEntityId } = row;
  const other = records
    .all(sobject.name)
    .find(
      (link) =>
        link.Id !== row.Id &&
        link["ContentDocumentId"] === ContentDocumentId &&
        link["LinkedEntityId"] === LinkedEntityId,
    );
  const message = `ContentDocument ID: Document with ID: ${String(ContentDocumentId)} is already linked with the entity with ID: ${String(LinkedEntityId)}`;
  return other ? [{ errorCode: "DUPLICATE_VALUE", message, fields: ["ContentDocumentId"] }] : [];
}

const MATCH_MESSAGE = "Use one of these records?";

/** Contacts with one and the same e-mail. The action is "allow with alert", so `Sforce-Duplicate-Rule-Header: allowSave=true` passes it. */
export function duplicatesDetected(sobject: string, row: Row, records: Records): ApiError[] {
  const email = row["Email"];
  if (sobject !== "Contact" || typeof email !== "string") return [];
  const same = (other: Row) =>
    other.Id !== row.Id && String(other["Email"] ?? "").toLowerCase() === email.toLowerCase();
  const found = records.all("Contact").filter(same);
  if (found.length === 0) return [];
  return [
    { errorCode: "DUPLICATES_DETECTED", message: MATCH_MESSAGE, more: { duplicateResut: duplicateResult(found) } },
  ];
}

/** Salesforce itself misspells the member that carries this: `duplicateResut`. */
function duplicateResult(found: readonly Row[]): object {
  const matchRecords = found.map(({ Id }) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes: { type: "Contact", url: `/services/data/v62.0/sobjects/Contact/${Id}` }, Id },
  }));
  const rule = "Standard_Contact_Match_Rule_v1_1";
  const result = {
    entityType: "Contact",
    errors: [],
    matchEngine: "ExactMatchEngine",
    matchRecords,
    rule,
    size: found.length,
    success: true,
  };
  return {
    allowSave: true,
    duplicateRule: "Standard_Contact_Duplicate_Rule",
    duplicateRuleEntityType: "Contact",
    errorMessage: MATCH_MESSAGE,
    matchResults: [result],
  };
}

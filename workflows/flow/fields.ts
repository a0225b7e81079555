import type { FieldSpec, FieldType } from "./catalogue.js";

/**
 * The fields that every workspace has; a catalogue adds the declared attributes. Classes as ARCHITECTURE.md says under "Data classes
 * and keys": what names a person or holds their words is secret. `optional` is the rule: a response without score, a person without
 * e-mail are normal.
 */
type Row = readonly [
  path: string,
  title: string,
  type: FieldType,
  dataClass: FieldSpec["dataClass"],
  presence?: "always",
];

const rows: readonly Row[] = [
  ["feedback.id", "Feedback id", "string", "clear", "always"],
  ["feedback.score", "Score", "number", "clear"],
  ["feedback.metric", "Metric", "string", "clear", "always"],
  ["feedback.category", "Category", "string", "clear"],
  ["feedback.comment", "Comment", "string", "secret"],
  ["feedback.language", "Language", "string", "clear"],
  ["feedback.source", "Source", "string", "clear", "always"],
  ["feedback.sourceId", "Source id", "string", "clear", "always"],
  ["feedback.domain", "Domain", "string", "clear", "always"],
  ["feedback.product", "Product", "string", "clear"],
  ["feedback.relation", "Rater's relation", "string", "clear"],
  ["feedback.occurredAt", "Time of the feedback", "timestamp", "clear", "always"],
  ["contact.name", "Contact's name", "string", "secret"],
  ["contact.email", "Contact's e-mail", "string", "secret"],
  ["contact.phone", "Contact's phone", "string", "secret"],
  ["contact.externalId", "Contact's id", "string", "secret"],
  ["account.name", "Account's name", "string", "secret"],
  ["account.externalId", "Account's id", "string", "clear"],
  ["account.tier", "Account's tier", "string", "clear"],
  ["account.region", "Account's region", "string", "clear"],
  ["account.annualRevenue", "Account's annual revenue", "number", "clear"],
];

export const baseFields: readonly FieldSpec[] = rows.map(specOf);

/** Known to every node, whatever the catalogue. */
export const runFields: readonly FieldSpec[] = (
  [
    ["run.id", "Run id", "string", "clear", "always"],
    ["run.url", "Link to the run", "string", "clear", "always"],
    ["now", "Now", "timestamp", "clear", "always"],
  ] satisfies readonly Row[]
).map(specOf);

function specOf([path, title, type, dataClass, presence]: Row): FieldSpec {
  return { path, title, type, dataClass, optional: presence !== "always" };
}

/** `feedback.category`: where a score stands on its own scale, as each metric's method names it; null where none does. */
export function categoryOf(metric: string, score: number | null): string | null {
  if (metric !== "nps" || score === null) return null;
  if (score >= 9) return "promoter";
  return score >= 7 ? "passive" : "detractor";
}

import { fail } from "./failure.js";
import type { Field } from "./field.js";
import type { Sobject } from "./objects.js";
import type { FieldValue, Records, Row } from "./records.js";
import { fieldOf, type Schema } from "./schema.js";
import type { Path, SoqlQuery } from "./soql.js";
import { pointAt } from "./soql-tokens.js";

/** Where a path leads: through which references, to which field. */
export interface Resolved {
  readonly steps: readonly { readonly field: Field; readonly parent: Sobject }[];
  readonly field: Field;
}

const HINT =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

export function resolvePath(schema: Schema, from: Sobject, path: Path, query: SoqlQuery): Resolved {
  let sobject = from;
  const steps: { field: Field; parent: Sobject }[] = [];
  const names =
    path.names[0]?.toLowerCase() === from.name.toLowerCase() && path.names.length > 1
      ? path.names.slice(1)
      : path.names;
  for (const name of names.slice(0, -1)) {
    const field = sobject.fields.find((one) => one.relationshipName?.toLowerCase() === name.toLowerCase());
    const parent = field && schema.find(commonParent(field));
    if (!field || !parent) return noRelation(sobject, name, path, query);
    steps.push({ field, parent });
    sobject = parent;
  }
  const last = names.at(-1) ?? "";
  const field = fieldOf(sobject, last) ?? noColumn(sobject, last, path, query);
  return { steps, field };
}

/** Fields that may point to several objects (Who, What) show what all of those have: the fake offers the first one's fields. */
function commonParent(field: Field): string {
  return field.referenceTo[0] ?? "";
}

function noRelation(sobject: Sobject, name: string, path: Path, query: SoqlQuery): never {
  const complaint = `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
  return fail("INVALID_FIELD", pointAt(query.text, path.at, complaint));
}

function noColumn(sobject: Sobject, name: string, path: Path, query: SoqlQuery): never {
  return fail(
    "INVALID_FIELD",
    pointAt(query.text, path.at, `No such column '${name}' on entity '${sobject.name}'. ${HINT}`),
  );
}

/** Follows references; null as soon as one of them is empty. */
function parentOf(row: Row, resolved: Resolved, records: Records): Row | null {
  let current: Row | null = row;
  for (const { field } of resolved.steps) current = current && followOne(current, field, records);
  return current;
}

export function followOne(row: Row, field: Field, records: Records): Row | null {
  const id = row[field.name];
  if (typeof id !== "string") return null;
  for (const name of field.referenceTo) {
    const found = records.get(name, id);
    if (found) return found;
  }
  return null;
}

export function valueAt(row: Row, resolved: Resolved, records: Records): FieldValue {
  return parentOf(row, resolved, records)?.[resolved.field.name] ?? null;
}

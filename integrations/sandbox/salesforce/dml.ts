import type { SalesforceCall } from "./call.js";
import { derive } from "./derived.js";
import { ApiFailure, fail, notFound, type ApiError } from "./failure.js";
import { parseValue, salesforceTime } from "./field-values.js";
import type { Field } from "./field.js";
import { canonicalId, makeId } from "./ids.js";
import type { Json } from "./json.js";
import type { Sobject } from "./objects.js";
import type { FieldValue, Row } from "./records.js";
import { refusedSave } from "./refusals.js";
import { brokenRules, duplicatesDetected, duplicateShare, duplicateValues } from "./rules.js";
import { fieldOf } from "./schema.js";

/**
 * Saving, in Salesforce's order as far as it shows: JSON and field names, field-level access, types and lengths, references, required
 * fields, validation rules, duplicate rule, unique indexes. Errors of one stage come together and hide the later ones.
 */
export function insert(call: SalesforceCall, sobject: Sobject, body: Json): Row {
  if (!sobject.createable)
    fail("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", `entity type cannot be inserted: ${sobject.label}`);
  refusedSave(call.world);
  const values = parseFields(sobject, body, "createable");
  const defaults = Object.fromEntries(sobject.fields.map(({ name, defaultValue }) => [name, defaultValue]));
  const now = salesforceTime(call.world.now());
  const Id = makeId(sobject.prefix, call.world.nextNumber("salesforce_id"));
  const stamps = { Id, CreatedDate: now, CreatedById: call.userId, ...modified(call, now) };
  const owner = fieldOf(sobject, "OwnerId") ? { OwnerId: values["OwnerId"] ?? call.userId } : {};
  const row = derive(call, sobject, { ...defaults, ...withoutNulls(values), ...owner, ...stamps });
  mustHave(sobject.fields.filter(({ required, name }) => required && isBlank(row[name])));
  checkAndPut(call, sobject, { row, touched: values, kind: "created" });
  return row;
}

/** A null for a field with a default takes the default on creation. */
function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

export function update(call: SalesforceCall, sobject: Sobject, change: { id: string; body: Json }): Row {
  const before = existing(call, sobject, change.id);
  refusedSave(call.world);
  const values = parseFields(sobject, change.body, "updateable");
  const cleared = sobject.fields.filter(({ required, name }) => required && name in values && isBlank(values[name]));
  mustHave(cleared);
  const row = derive(call, sobject, { ...before, ...values, ...modified(call, salesforceTime(call.world.now())) });
  checkAndPut(call, sobject, { row, touched: values, kind: "updated" });
  return row;
}

function modified(call: SalesforceCall, now: string) {
  return { LastModifiedDate: now, LastModifiedById: call.userId, SystemModstamp: now };
}

export function remove(call: SalesforceCall, sobject: Sobject, id: string): void {
  const row = existing(call, sobject, id);
  refusedSave(call.world);
  if (sobject.name === "User") fail("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "entity type cannot be deleted: User");
  call.records.remove(sobject.name, row.Id);
  const twin = { ContentNote: "ContentDocument", ContentDocument: "ContentNote" }[sobject.name];
  if (twin && call.records.get(twin, row.Id)) call.records.remove(twin, row.Id);
}

export function existing(call: SalesforceCall, sobject: Sobject, given: string): Row {
  const id = canonicalId(given) ?? fail("MALFORMED_ID", `malformed id ${given}`);
  const row = call.records.get(sobject.name, id);
  if (row) return row;
  return call.records.wasDeleted(id) ? fail("ENTITY_IS_DELETED", "entity is deleted", []) : notFound();
}

function parseFields(sobject: Sobject, body: Json, access: "createable" | "updateable"): Values {
  const values: Record<string, FieldValue> = {};
  const errors: ApiError[] = [];
  const closed: string[] = [];
  for (const [name, raw] of Object.entries(body)) {
    if (name === "attributes") continue;
    const field =
      fieldOf(sobject, name) ?? fail("INVALID_FIELD", `No such column '${name}' on sobject of type ${sobject.name}`);
    if (!field[access]) closed.push(field.name);
    const parsed = parseValue(field, raw);
    if ("error" in parsed) errors.push(parsed.error);
    else values[field.name] = parsed.value;
  }
  if (closed.length > 0) cannotSet(closed);
  if (errors.length > 0) throw new ApiFailure(errors);
  return values;
}

function cannotSet(names: readonly string[]): never {
  const why =
    "Please check the security settings of this field and verify that it is read/write for your profile or permission set.";
  return fail("INVALID_FIELD_FOR_INSERT_UPDATE", `Unable to create/update fields: ${names.join(", ")}. ${why}`, names);
}

type Values = Readonly<Record<string, FieldValue>>;

const isBlank = (value: unknown) =>
  value === null || value === undefined || (typeof value === "string" && value.trim() === "");

function mustHave(missing: readonly Field[]): void {
  const names = missing.map(({ name }) => name);
  if (names.length > 0) fail("REQUIRED_FIELD_MISSING", `Required fields are missing: [${names.join(", ")}]`, names);
}

interface Save {
  readonly row: Row;
  /** The fields that this request sets. */
  readonly touched: Values;
  readonly kind: "created" | "updated";
}

function checkAndPut(call: SalesforceCall, sobject: Sobject, { row, touched, kind }: Save): void {
  const allowed = /allowSave\s*=\s*true/i.test(call.request.headers["sforce-duplicate-rule-header"] ?? "");
  const matches = "Email" in touched && !allowed;
  const stages: (() => ApiError[])[] = [
    () => badReferences(call, sobject, touched),
    () => brokenRules(sobject.name, row),
    () => (matches ? duplicatesDetected(sobject.name, row, call.records) : []),
    () => [...duplicateValues(sobject, row, call.records), ...duplicateShare(sobject, row, call.records)],
  ];
  for (const stage of stages) {
    const errors = stage();
    if (errors.length > 0) throw new ApiFailure(errors);
  }
  call.records.put(kind, sobject.name, row);
}

function badReferences(call: SalesforceCall, sobject: Sobject, touched: Values): ApiError[] {
  return sobject.fields
    .filter(({ type }) => type === "reference")
    .flatMap((field) => {
      const id = touched[field.name];
      return typeof id === "string" ? badReference(call, field, id) : [];
    });
}

function badReference(call: SalesforceCall, field: Field, id: string): ApiError[] {
  const possible = call.schema.byPrefix(id).filter(({ name }) => field.referenceTo.includes(name));
  if (possible.length === 0) {
    return [
      { errorCode: "MALFORMED_ID", message: `${field.label}: id value of incorrect type: ${id}`, fields: [field.name] },
    ];
  }
  if (possible.some(({ name }) => call.records.get(name, id))) return [];
  if (call.records.wasDeleted(id))
    return [{ errorCode: "ENTITY_IS_DELETED", message: "entity is deleted", fields: [] }];
  return [{ errorCode: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id", fields: [] }];
}

import { fail, type ApiError } from "./failure.js";
import type { Field, FieldType } from "./field.js";
import { canonicalId } from "./ids.js";
import type { FieldValue } from "./records.js";

/** A value ready to be stored, or what Salesforce says about it. */
export type Parsed = { readonly value: FieldValue } | { readonly error: ApiError };

type Parse = (field: Field, raw: unknown) => Parsed;

const PARSERS: Readonly<Record<FieldType, Parse>> = {
  id: parseReference,
  reference: parseReference,
  string: parseText,
  textarea: parseText,
  phone: parseText,
  url: parseText,
  email: parseEmail,
  picklist: parsePicklist,
  boolean: (field, raw) => (typeof raw === "boolean" ? { value: raw } : badJson("boolean", field, raw)),
  double: parseNumber,
  currency: parseNumber,
  int: (field, raw) => (Number.isInteger(Number(raw)) ? parseNumber(field, raw) : badJson("int", field, raw)),
  date: parseDate,
  datetime: parseDateTime,
  base64: parseBase64,
};

/** Empty text clears a field, as null does. */
export function parseValue(field: Field, raw: unknown): Parsed {
  if (raw === null || raw === "") return { value: field.type === "boolean" ? false : null };
  if (typeof raw === "object")
    return fail(
      "JSON_PARSER_ERROR",
      cannotDeserialize(field.type, Array.isArray(raw) ? "START_ARRAY" : "START_OBJECT"),
    );
  return PARSERS[field.type](field, raw);
}

function cannotDeserialize(type: string, what: string): string {
  return `Cannot deserialize instance of ${type} from ${what} or request may be missing a required field at [line:1, column:2]`;
}

/** A value of the wrong kind fails the whole body, before any rule is looked at. */
function badJson(type: string, _field: Field, raw: unknown): never {
  return fail("JSON_PARSER_ERROR", cannotDeserialize(type, `VALUE_STRING value ${String(raw)}`));
}

function parseText(field: Field, raw: unknown): Parsed {
  const value = String(raw);
  if (value.length <= field.length) return { value };
  const message = `${field.label}: data value too large: ${value} (max length=${field.length})`;
  return { error: { errorCode: "STRING_TOO_LONG", message, fields: [field.name] } };
}

function parseEmail(field: Field, raw: unknown): Parsed {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(raw))) return parseText(field, raw);
  const message = `${field.label}: invalid email address: ${String(raw)}`;
  return { error: { errorCode: "INVALID_EMAIL_ADDRESS", message, fields: [field.name] } };
}

function parsePicklist(field: Field, raw: unknown): Parsed {
  if (!field.restricted || field.values.includes(String(raw))) return parseText(field, raw);
  const message = `${field.label}: bad value for restricted picklist field: ${String(raw)}`;
  return { error: { errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, fields: [field.name] } };
}

function parseNumber(field: Field, raw: unknown): Parsed {
  const value = typeof raw === "number" ? raw : Number(raw);
  return Number.isFinite(value) && typeof raw !== "boolean" ? { value } : badJson("double", field, raw);
}

function parseDate(field: Field, raw: unknown): Parsed {
  const day = String(raw).slice(0, 10);
  const fits = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(String(raw)));
  return fits ? { value: day } : badJson("date", field, raw);
}

function parseDateTime(field: Field, raw: unknown): Parsed {
  const time = Date.parse(String(raw));
  const looksRight = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(
    String(raw),
  );
  return looksRight && !Number.isNaN(time) ? { value: salesforceTime(time) } : badJson("datetime", field, raw);
}

/** Salesforce writes "2026-01-17T09:12:34.000+0000". */
export function salesforceTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "+0000");
}

function parseBase64(field: Field, raw: unknown): Parsed {
  const value = String(raw);
  const fits = typeof raw === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0;
  return fits ? { value } : badJson("base64Binary", field, raw);
}

function parseReference(field: Field, raw: unknown): Parsed {
  const value = canonicalId(String(raw));
  if (value) return { value };
  const message = `${field.label}: id value of incorrect type: ${String(raw)}`;
  return { error: { errorCode: "MALFORMED_ID", message, fields: [field.name] } };
}

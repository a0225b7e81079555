import type { Relation } from "../feedback.js";
import { parsePath, readPath } from "./path.js";
import type { Field } from "./settings.js";

/** A field that could not be read, in words for the person who mends the mapping. Values are never quoted. */
export class Unmappable extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = "Unmappable";
    this.field = field;
  }
}

/** One canonical field of one payload. */
export interface Reading {
  readonly field: string;
  readonly from: Field | undefined;
  readonly value: unknown;
}

export function reading(payload: unknown, field: string, from: Field | undefined): Reading {
  if (from === undefined) return { field, from, value: undefined };
  if (typeof from !== "string") return { field, from, value: from.constant };
  return { field, from, value: readPath(payload, parsePath(from) ?? []) };
}

export const place = ({ from }: Reading): string => (typeof from === "string" ? from : "the constant");

export const wrong = (read: Reading, expected: string): Unmappable =>
  new Unmappable(read.field, `${read.field}: expected ${expected} at ${place(read)}, found ${describe(read.value)}.`);

const tooLarge = (read: Reading): Unmappable =>
  new Unmappable(
    read.field,
    `${read.field}: the number at ${place(read)} is too large to be read exactly; send it as a string (in quotes).`,
  );

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value === "") return "an empty text";
  return { string: "other text", number: "another number", boolean: "true or false", object: "an object" }[
    typeof value as "string" | "number" | "boolean" | "object"
  ];
}

/**
 * Missing, null and blank are "not said". Numbers are taken as text, since ids often come as numbers; not those that JSON's
 * reader has rounded already, where two ids would become one.
 */
export function text(read: Reading): string | null {
  const { value } = read;
  if (value === undefined || value === null) return null;
  if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER) throw tooLarge(read);
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") throw wrong(read, "text");
  return value.trim() === "" ? null : value.trim();
}

export function requiredText(read: Reading): string {
  const value = text(read);
  if (value === null) throw wrong(read, "an id");
  return value;
}

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** Null where the payload says null or "": not answered. Nothing at all at the path is a mistake in the mapping. */
export function score(read: Reading, { min, max, whole }: Scale): number | null {
  const { value } = read;
  if (read.from === undefined || value === null || value === "") return null;
  const number = toNumber(value);
  if (number === null) throw wrong(read, "a number");
  if (number < min || number > max) throw wrong(read, `a score from ${min} to ${max}`);
  if (whole && !Number.isInteger(number)) throw wrong(read, `a whole score from ${min} to ${max}`);
  return number;
}

function toNumber(value: unknown): number | null {
  const number = typeof value === "string" && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

export function email(read: Reading): string | null {
  const value = text(read);
  if (value !== null && !/^[^\s@]+@[^\s@]+$/.test(value)) throw wrong(read, "an e-mail address");
  return value;
}

export function language(read: Reading, otherwise: string | undefined): string | null {
  const value = (text(read) ?? otherwise ?? null)?.replaceAll("_", "-").toLowerCase() ?? null;
  if (value !== null && !/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/.test(value))
    throw wrong(read, "a language code such as en or pt-br");
  return value;
}

/** As tools for such reviews write it, in small letters. */
const RELATIONS: Readonly<Record<string, Relation>> = {
  ...{ self: "self", manager: "manager", supervisor: "manager", boss: "manager" },
  ...{ peer: "peer", colleague: "peer", coworker: "peer" },
  ...{ report: "report", "direct report": "report", direct_report: "report", subordinate: "report" },
};

/** Nothing said, or a word that is not known, is `other`: a review never counts as less than one. */
export const relation = (read: Reading): Relation => RELATIONS[text(read)?.toLowerCase() ?? ""] ?? "other";

const ISO_WITH_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)$/i;
/** Seconds reach this number in the year 5138; milliseconds passed it in 1973. */
const FIRST_MILLISECONDS = 100_000_000_000;
const [EARLIEST, LATEST] = [Date.UTC(1990, 0), Date.UTC(2100, 0)];

/** ISO 8601 with its zone, or seconds or milliseconds since 1970. Null where nothing is said. */
export function time(read: Reading): string | null {
  const { value } = read;
  if (value === undefined || value === null || value === "") return null;
  const epoch = epochMs(value);
  const at = epoch ?? (typeof value === "string" && ISO_WITH_ZONE.test(value.trim()) ? isoMs(value.trim()) : NaN);
  if (!(at >= EARLIEST && at < LATEST)) throw wrong(read, "a time (ISO 8601 with its zone, or seconds since 1970)");
  return new Date(at).toISOString();
}

/** Date.parse rolls 30 February over to March; an impossible date is refused instead. */
function isoMs(value: string): number {
  const day = value.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return NaN;
  return Date.parse(
    value
      .replace(" ", "T")
      .replace(/\s/, "")
      .replace(/([+-]\d\d)(\d\d)$/, "$1:$2")
      .toUpperCase(),
  );
}

function epochMs(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{9,14}(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return null;
  return Math.round(number < FIRST_MILLISECONDS ? number * 1000 : number);
}

/** Undefined leaves the attribute out. */
export function attribute(read: Reading): string | number | boolean | undefined {
  const { value } = read;
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw wrong(read, "text, a number, true or false");
}

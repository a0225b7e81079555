import type { StartField } from "./start.js";

export type StartValue = string | number | boolean;
export type StartValues = Readonly<Record<string, StartValue>>;

export interface StartProblem {
  readonly field: string;
  readonly code: "value_missing" | "wrong_value" | "unknown_field";
  readonly message: string;
}

export type ReadStart =
  | { readonly ok: true; readonly values: StartValues }
  | { readonly ok: false; readonly problems: readonly StartProblem[] };

/** What was filled in, as the form asks for it; what was left empty is left out. */
export function readStartValues(fields: readonly StartField[], given: Readonly<Record<string, unknown>>): ReadStart {
  const known = new Set(fields.map(({ name }) => name));
  const strangers = Object.keys(given).filter((name) => !known.has(name));
  const problems = [
    ...strangers.map((field) => problem(field, "unknown_field", `The form has no field “${field}”.`)),
    ...fields.flatMap((field) => problemOf(field, Object.hasOwn(given, field.name) ? given[field.name] : null)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const values = fields.flatMap(({ name, type }) => {
    const value = given[name];
    return isEmpty(value) ? [] : [[name, shapes[type].read(value)] as const];
  });
  return { ok: true, values: Object.fromEntries(values) };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

function problemOf({ name, title, type, required }: StartField, value: unknown): StartProblem[] {
  if (isEmpty(value)) return required ? [problem(name, "value_missing", `“${title}” is needed.`)] : [];
  const { fits, is } = shapes[type];
  return fits(value) ? [] : [problem(name, "wrong_value", `“${title}” is to be ${is}.`)];
}

const problem = (field: string, code: StartProblem["code"], message: string): StartProblem => ({
  field,
  code,
  message,
});

const MOST_CHARACTERS = 2000;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const isText = (value: unknown): value is string => typeof value === "string" && value.length <= MOST_CHARACTERS;

interface Shape {
  /** For people: "… is to be". */
  readonly is: string;
  readonly fits: (value: unknown) => boolean;
  readonly read: (value: unknown) => StartValue;
}

const shapes: Readonly<Record<StartField["type"], Shape>> = {
  string: { is: `a text of at most ${MOST_CHARACTERS} characters`, fits: isText, read: String },
  number: { is: "a number", fits: (value) => typeof value === "number" && Number.isFinite(value), read: Number },
  boolean: { is: "true or false", fits: (value) => typeof value === "boolean", read: (value) => value === true },
  date: { is: "a day as 2026-01-31", fits: (value) => isText(value) && isDay(value), read: String },
  contact: {
    is: "an e-mail address",
    fits: (value) => isText(value) && value.length <= 320 && ADDRESS.test(value.trim()),
    read: (value) => String(value).trim(),
  },
};

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

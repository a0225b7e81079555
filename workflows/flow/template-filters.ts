import { filters as liquidFilters } from "liquidjs";

/**
 * The filters of templates: all of them, in place of Liquid's own 60. Each is linear in what it gets and what it gives, which
 * `bounded` caps; none reads a clock, a file or a locale of the host.
 */
const MAX_FILTERED = 100_000;

type Filter = (value: unknown, ...args: unknown[]) => unknown;

/** A value as it stands in a text. */
export const text = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : plain(value);
};

const plain = (value: unknown): string => {
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(text).join(", ") : JSON.stringify(value);
};

const number = (value: unknown): number => {
  const read = typeof value === "number" ? value : Number(text(value) || Number.NaN);
  if (Number.isFinite(read)) return read;
  throw new Error(`“${text(value)}” is not a number`);
};

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** By code point: enough not to cut an emoji's surrogate pair in two. */
const charactersOf = (value: unknown): string[] => Array.from(text(value));

function truncate(value: unknown, length: unknown = 50, ellipsis: unknown = "…"): string {
  const characters = charactersOf(value);
  const limit = number(length);
  if (characters.length <= limit) return text(value);
  const end = text(ellipsis);
  return characters.slice(0, Math.max(0, limit - charactersOf(end).length)).join("") + end;
}

function replace(value: unknown, search: unknown, replacement: unknown = ""): string {
  const [whole, wanted, given] = [text(value), text(search), text(replacement)];
  if (wanted === "") return whole;
  const parts = whole.split(wanted);
  if (whole.length + (parts.length - 1) * given.length > MAX_FILTERED) throw new Error("the text gets too long");
  return parts.join(given);
}

function round(value: unknown, digits: unknown = 0): number {
  const factor = 10 ** Math.min(10, Math.max(0, number(digits)));
  return Math.round(number(value) * factor) / factor;
}

function dividedBy(value: unknown, divisor: unknown): number {
  if (number(divisor) === 0) throw new Error("nothing can be divided by 0");
  return number(value) / number(divisor);
}

/** Times are ISO strings or dates, never words such as "now": use `{{ now | date: "%d.%m.%Y" }}`, which is recorded. */
function date(this: unknown, value: unknown, format: unknown = "%Y-%m-%d %H:%M", zone?: unknown): unknown {
  if (isMissing(value)) return "";
  const time =
    value instanceof Date ? value : new Date(/^\d{4}-\d\d-\d\d/.test(text(value)) ? text(value) : Number.NaN);
  if (Number.isNaN(time.getTime())) throw new Error(`“${text(value)}” is not a date`);
  const liquidDate = liquidFilters["date"];
  if (typeof liquidDate !== "function" || text(format).length > 100) throw new Error("the date format is too long");
  return liquidDate.call(asFilterThis(this), time, text(format), ...(zone === undefined ? [] : [text(zone)]));
}

type LiquidThis = ThisParameterType<Extract<(typeof liquidFilters)[string], (...args: never[]) => unknown>>;
// Liquid calls every filter on its own `this`, and only `date` passes it on.
const asFilterThis = (self: unknown): LiquidThis => self as LiquidThis;

const filterTable: Readonly<Record<string, Filter>> = {
  default: (value, fallback = "") => (isMissing(value) ? fallback : value),
  upcase: (value) => text(value).toUpperCase(),
  downcase: (value) => text(value).toLowerCase(),
  capitalize: (value) => text(value).slice(0, 1).toUpperCase() + text(value).slice(1),
  strip: (value) => text(value).trim(),
  strip_newlines: (value) => text(value).replace(/\r?\n/g, " "),
  truncate,
  replace,
  append: (value, more) => text(value) + text(more),
  prepend: (value, before) => text(before) + text(value),
  size: (value) => (Array.isArray(value) ? value.length : charactersOf(value).length),
  first: (value) => listOf(value)[0],
  last: (value) => listOf(value).at(-1),
  join: (value, separator = ", ") => listOf(value).map(text).join(text(separator)),
  round,
  ceil: (value) => Math.ceil(number(value)),
  floor: (value) => Math.floor(number(value)),
  plus: (value, other) => number(value) + number(other),
  minus: (value, other) => number(value) - number(other),
  times: (value, other) => number(value) * number(other),
  divided_by: dividedBy,
  date,
  json: (value) => JSON.stringify(value ?? null),
  url_encode: (value) => encodeURIComponent(text(value)),
};

export const templateFilters: Readonly<Record<string, Filter>> = Object.fromEntries(
  Object.entries(filterTable).map(([name, filter]) => [name, bounded(filter)]),
);

function bounded(filter: Filter): Filter {
  return function (this: unknown, ...args) {
    const [value, ...rest] = args.map(withinBounds);
    return withinBounds(filter.call(this, value, ...rest));
  };
}

function withinBounds(value: unknown): unknown {
  const size = typeof value === "string" ? value.length : Array.isArray(value) ? text(value).length : 0;
  if (size > MAX_FILTERED) throw new Error("the text gets too long");
  return value;
}

import type { z } from "zod";

type Issue = z.core.$ZodIssue;
type Of<Code extends Issue["code"]> = Extract<Issue, { code: Code }>;

/** What was at the issue's place; `undefined` where nothing was. */
type Given = unknown;

/** How zod's own English begins; anything else was worded by the schema's author, who knows better. */
const ZODS_OWN = /^(Invalid|Too small|Too big|Unrecognized)\b/;

/**
 * What a person must do about one refused field, as the end of a sentence that begins with the field's name: "must be an id, …".
 * A schema's own message is kept as it is. Nothing of what was sent is repeated: it may be a secret.
 */
export function wordIssue(issue: Issue, given: Given): string {
  if (!ZODS_OWN.test(issue.message)) return issue.message;
  // Each wording takes the issue of its own code; the compiler cannot follow that through the look-up.
  const say = words[issue.code] as (issue: Issue, given: Given) => string;
  return say(issue, given);
}

/** Whether the words are the schema author's, who may not have written the end of a sentence. */
export const isAuthors = ({ message }: Issue): boolean => !ZODS_OWN.test(message);

const words: { readonly [Code in Issue["code"]]: (issue: Of<Code>, given: Given) => string } = {
  invalid_type: ({ expected }, given) => wanted(nouns[expected] ?? expected, given),
  invalid_value: ({ values }, given) => chosen(values, given),
  invalid_format: (issue) => `must be ${(formats[issue.format] ?? otherFormat)(issue)}`,
  too_small: ({ origin, minimum, inclusive, exact }) =>
    bound(origin, { limit: minimum, exact: exact ?? false, words: inclusive === false ? "more than" : "at least" }),
  too_big: ({ origin, maximum, inclusive, exact }) =>
    bound(origin, { limit: maximum, exact: exact ?? false, words: inclusive === false ? "less than" : "at most" }),
  not_multiple_of: ({ divisor }) => `must be a multiple of ${divisor}`,
  unrecognized_keys: ({ keys: [first = "", ...more] }) =>
    more.length === 0
      ? `has a field that is not known here, ${quote(first)}; leave it out`
      : `has fields that are not known here, ${list([first, ...more].map(quote), "and")}; leave them out`,
  invalid_union: unionWords,
  invalid_key: ({ issues }) => `has a name that does not fit: it ${inner(issues)}`,
  invalid_element: ({ issues }) => `has an entry that does not fit: it ${inner(issues)}`,
  custom: () => "is not valid",
};

const nouns: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  bigint: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  date: "a date",
  null: "null",
  undefined: "left out",
  never: "left out",
};

function wanted(noun: string, given: Given): string {
  if (given === undefined) return `is missing; it must be ${noun}`;
  // A number that is refused as a number has a fraction, or is too large for one.
  if (typeof given === "number" && noun.endsWith("number"))
    return Number.isFinite(given) ? "must be a whole number" : "is too large a number";
  return `must be ${noun}, and is ${kindOf(given)}`;
}

function kindOf(given: Given): string {
  if (given === null) return "null";
  if (Array.isArray(given)) return "a list";
  return kinds[typeof given] ?? "an object";
}

const kinds: Readonly<Record<string, string>> = { string: "text", number: "a number", boolean: "true or false" };

type Format = (issue: Of<"invalid_format">) => string;

const fixed =
  (text: string): Format =>
  () =>
    text;

const formats: Readonly<Record<string, Format>> = {
  uuid: fixed("an id, such as 0198c0de-7000-7000-8000-000000000001"),
  guid: fixed("an id, such as 0198c0de-7000-7000-8000-000000000001"),
  email: fixed("an e-mail address, such as ada@example.com"),
  url: fixed("a complete address, such as https://example.com/path"),
  datetime: fixed("a time in ISO 8601, such as 2026-03-02T09:00:00Z"),
  date: fixed("a date in ISO 8601, such as 2026-03-02"),
  time: fixed("a time of day in ISO 8601, such as 09:00:00"),
  duration: fixed("a duration in ISO 8601, such as P1DT2H"),
  base64: fixed("base64"),
  base64url: fixed("base64url"),
  json_string: fixed("JSON as text"),
  e164: fixed("a phone number in international form, such as +33612345678"),
  starts_with: (issue) => `text that begins with ${partOf(issue, "prefix")}`,
  ends_with: (issue) => `text that ends with ${partOf(issue, "suffix")}`,
  includes: (issue) => `text that holds ${partOf(issue, "includes")}`,
  lowercase: fixed("in small letters"),
  uppercase: fixed("in capital letters"),
  regex: ({ pattern }) => `of the form ${pattern ?? "asked for"}`,
};

const partOf = (issue: object, name: string): string => quote(String(Reflect.get(issue, name)));

const otherFormat: Format = ({ format }) => `a valid ${format}`;

/** What a limit counts; a number is compared itself. */
const units: Readonly<Record<string, string>> = {
  string: "character",
  array: "entry",
  set: "entry",
  map: "entry",
  object: "field",
  record: "field",
  file: "byte",
};

interface Bound {
  readonly limit: number | bigint | Date;
  readonly exact: boolean;
  readonly words: string;
}

function bound(origin: string, { limit, exact, words: how }: Bound): string {
  const unit = units[origin];
  const amount = exact ? "exactly" : how;
  if (unit === undefined) return `must be ${amount} ${limit instanceof Date ? limit.toISOString() : String(limit)}`;
  if (how === "at least" && limit === 1 && !exact) return "must not be empty";
  return `must have ${amount} ${String(limit)} ${limit === 1 ? unit : plural(unit)}`;
}

const plural = (unit: string): string => (unit === "entry" ? "entries" : `${unit}s`);

/** Says what each alternative wants, each once. */
function unionWords(issue: Of<"invalid_union">, given: Given): string {
  if ("options" in issue && Array.isArray(issue.options)) return chosen(issue.options, given);
  if (issue.errors.length === 0) return "fits more than one of what is possible here";
  const ways = issue.errors.flatMap(([first]) => (first ? [within(first, given)] : []));
  return list([...new Set(ways)], "or");
}

/** An alternative's own complaint, with the field where it is deeper. */
function within(issue: Issue, given: Given): string {
  const said = wordIssue(issue, givenAt(given, issue.path));
  return issue.path.length === 0 ? said : `needs another ${quote(nameOf(issue.path))}, which ${said}`;
}

function inner(issues: readonly Issue[]): string {
  const [first] = issues;
  return first ? wordIssue(first, "") : "is not valid";
}

const chosen = (values: readonly unknown[], given: Given): string =>
  given === undefined ? `is missing; it must be ${choice(values)}` : `must be ${choice(values)}`;

const MOST_CHOICES = 12;

function choice(values: readonly unknown[]): string {
  const shown = values
    .slice(0, MOST_CHOICES)
    .map((value) => (typeof value === "string" ? quote(value) : String(value)));
  const [only] = shown;
  if (values.length === 1 && only !== undefined) return only;
  return `one of ${shown.join(", ")}${values.length > MOST_CHOICES ? ", …" : ""}`;
}

const quote = (text: string): string => `"${text}"`;

function list(items: readonly string[], word: string): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1) ?? ""}`;
}

export const nameOf = (path: readonly PropertyKey[]): string => path.map(String).join(".");

/** What stands at a path of what was sent. */
export function givenAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

/**
 * What a typed condition may call, as a list of what is allowed with its number of arguments: each is cheap on any value that
 * `values.ts` lets in. Left out on purpose: `split`, `join` and `cel.bind` (they build), `dyn`, `type` and `bytes` (they hide
 * types), zone arguments (they follow the host's ICU data), and `.matches` (a JavaScript RegExp: 26 characters took 2.7 s).
 */
type Arities = Readonly<Record<string, number>>;

export const functions: Arities = {
  has: 1,
  size: 1,
  matches: 2,
  string: 1,
  double: 1,
  int: 1,
  timestamp: 1,
  duration: 1,
};

export const methods: Arities = {
  contains: 1,
  startsWith: 1,
  endsWith: 1,
  lowerAscii: 0,
  upperAscii: 0,
  trim: 0,
  size: 0,
  getFullYear: 0,
  getMonth: 0,
  getDate: 0,
  getDayOfWeek: 0,
  getHours: 0,
  getMinutes: 0,
  getSeconds: 0,
};

/** They go through a list once; nested they would go through it n × n times (300³ took 4.7 s). */
export const comprehensions: Arities = { all: 2, exists: 2, exists_one: 2, filter: 2, map: 2 };

/** Their parsers are not linear, so they read only what the author wrote, and that is short. */
export const literalOnly: Readonly<Record<string, { readonly form: RegExp; readonly example: string }>> = {
  timestamp: {
    form: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/,
    example: 'timestamp("2026-01-31T00:00:00Z")',
  },
  duration: { form: /^-?(\d{1,9}(\.\d{1,9})?(h|m|s|ms)){1,4}$/, example: 'duration("48h")' },
};

/** Adding texts grows them: this bounds the longest to so many times the longest field. */
export const MAX_ADDITIONS = 20;

export const takes = (known: Arities, name: string, count: number): boolean =>
  Object.hasOwn(known, name) && known[name] === count;

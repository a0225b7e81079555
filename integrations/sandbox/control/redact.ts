const SECRET_NAME = /token|secret|password|authorization|signature|ticket|^code$/i;
const SECRET_VALUE = /\b(xox[a-z]-|xapp-|xoxe\.)\S+/g;
/** Longer texts and file contents are for the systems, not for a page. */
const LONGEST_TEXT = 20_000;

const redactText = (text: string): string => {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return short.replace(SECRET_VALUE, "(hidden)");
};

/** A copy fit for showing: secrets by name or by look replaced, long texts cut. */
export const redact = (value: unknown): unknown => {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const hidden = SECRET_NAME.test(name) && typeof inner === "string";
    return [name, hidden ? "(hidden)" : redact(inner)] as const;
  });
  return Object.fromEntries(entries);
};

/** Collections by system and name, as arrays of rows. An id may itself be a token, so ids are not shown. */
export const publicState = (dump: Record<string, Record<string, object>>): Record<string, Record<string, unknown>> => {
  const state: Record<string, Record<string, unknown>> = {};
  for (const [name, rows] of Object.entries(dump)) {
    const [system = "", collection = ""] = name.split("/");
    state[system] = { ...state[system], [collection]: Object.values(rows).map(redact) };
  }
  return state;
};

export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Ids arrive as strings or numbers; Jira takes both. */
export function idText(value: unknown): string | undefined {
  return typeof value === "number" ? String(value) : text(value);
}

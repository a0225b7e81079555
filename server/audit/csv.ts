import type { AuditEvent } from "./audit-api.js";

const columns: readonly (readonly [string, (event: AuditEvent) => string | number | null])[] = [
  ["at", ({ at }) => at],
  ["actor_kind", ({ actor }) => actor.kind],
  ["actor_id", ({ actor }) => actor.id],
  ["actor", ({ actor }) => actor.name],
  ["action", ({ action }) => action],
  ["target_kind", ({ target }) => target.kind],
  ["target_id", ({ target }) => target.id],
  ["data", ({ data }) => JSON.stringify(data)],
  ["seq", ({ seq }) => seq],
  ["id", ({ id }) => id],
];

/** RFC 4180, with the line ends that it asks for. */
const line = (cells: readonly (string | number | null)[]): string => `${cells.map(cell).join(",")}\r\n`;

/** A name that begins like a formula is shown as text by spreadsheets only with an apostrophe before it (OWASP, CSV injection). */
function cell(value: string | number | null): string {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvHeader = line(columns.map(([name]) => name));
export const toCsv = (event: AuditEvent): string => line(columns.map(([, read]) => read(event)));

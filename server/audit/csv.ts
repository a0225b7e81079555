import { csvLine } from "../http/csv-line.js";
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

export const csvHeader = csvLine(columns.map(([name]) => name));
export const toCsv = (event: AuditEvent): string => csvLine(columns.map(([, read]) => read(event)));

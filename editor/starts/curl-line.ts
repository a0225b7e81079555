import { KEY_HEADER } from "../../server/starts/start-api.js";
import type { StartField } from "../../workflows/flow/start.js";

const samples: Readonly<Record<StartField["type"], string | number | boolean>> = {
  string: "…",
  number: 0,
  boolean: true,
  date: "2026-01-31",
  contact: "ann@example.com",
};

/** A start as a program asks for it, to be pasted into a shell. */
export function curlLine(origin: string, flowId: string, fields: readonly StartField[]): string {
  const given = Object.fromEntries(fields.map(({ name, type }) => [name, samples[type]]));
  return [
    `curl -X POST ${origin}/api/flows/${flowId}/runs`,
    `-H "Authorization: Bearer $TOKEN"`,
    `-H "Content-Type: application/json"`,
    `-H "${KEY_HEADER}: $(uuidgen)"`,
    `-d '${JSON.stringify({ fields: given })}'`,
  ].join(" \\\n  ");
}

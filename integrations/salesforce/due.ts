import { ConnectorError } from "../outcome.js";

export interface Due {
  /** The only due field that a task has: a date without a time. */
  readonly date: string;
  /** Where the time was given too. */
  readonly at: Date | null;
}

const HOUR_MS = 3_600_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A date ("2026-03-01"), a moment ("2026-03-01T15:00:00Z"), or hours from now; the date wins. Moments are counted in UTC. */
export function dueOf(
  input: { readonly dueDate?: string | undefined; readonly dueInHours?: number | undefined },
  now: Date,
): Due | null {
  const text = input.dueDate?.trim() ?? "";
  if (text !== "") return dueOn(text);
  return input.dueInHours === undefined ? null : dueAt(new Date(now.getTime() + input.dueInHours * HOUR_MS));
}

function dueOn(text: string): Due {
  const moment = new Date(text);
  if (!Number.isNaN(moment.getTime()) && /^\d{4}-\d{2}-\d{2}/.test(text))
    return DATE.test(text) ? { date: text, at: null } : dueAt(moment);
  const message = `“${text.slice(0, 40)}” is not a date such as 2026-03-01`;
  throw new ConnectorError({ outcome: "REJECTED", code: "due_date_invalid", message, fields: { dueDate: message } });
}

const dueAt = (at: Date): Due => ({ date: at.toISOString().slice(0, 10), at });

export const dueLine = ({ date, at }: Due): string =>
  at === null ? `Due: ${date}` : `Due: ${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

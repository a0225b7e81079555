import type { FieldSpec } from "./catalogue.js";
import { compileValue, type Valuation } from "./expression.js";
import type { FlowKey, KeyKind } from "./flow-key.js";

/** What a key is read from: the clear part of the event, and whom it was found to be about. */
export interface KeyContext {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly contactId: string | null;
  readonly accountId: string | null;
}

/** `value` null: nothing to go by, the run goes alone. Not ok: it could not be judged. */
export type KeyReading =
  { readonly ok: true; readonly value: string | null } | { readonly ok: false; readonly message: string };

/** Compiled with the trigger; the value says its kind, so that the text "5" and the number 5 never meet. */
export function compileKey({ by }: FlowKey, fields: readonly FieldSpec[]): (context: KeyContext) => KeyReading {
  if (by === "contact") return ({ contactId }) => owned("contact", contactId);
  if (by === "account") return ({ accountId }) => owned("account", accountId);
  const compiled = compileValue(by.expression, fields);
  if (compiled.ok) return ({ fields: context }) => readingOf(compiled.evaluate(context));
  const message = compiled.problems[0]?.message ?? "";
  return () => ({ ok: false, message });
}

const owned = (kind: KeyKind, id: string | null): KeyReading => ({ ok: true, value: id && `${kind}:${id}` });

function readingOf(valuation: Valuation): KeyReading {
  if (!valuation.ok) return valuation;
  const { value } = valuation;
  const isBlank = typeof value === "string" && value.trim() === "";
  return { ok: true, value: isBlank ? null : `${typeof value}:${String(value)}` };
}

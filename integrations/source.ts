import type { z } from "zod";
import type { Feedback } from "./feedback.js";

/** One HTTP delivery as it arrived; signatures are checked on these bytes, before any parsing. */
export interface InboundDelivery {
  readonly rawBody: Buffer;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The address that the sender was given: some sign it too. */
  readonly url?: string;
}

export type Verification = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What somebody might have said, for trying things out. */
export interface SampleSaid {
  readonly responseId: string;
  readonly happy: boolean;
  readonly comment: string;
  readonly name: string;
  readonly email: string;
  readonly account: string;
  readonly product: string;
  readonly language: string;
}

/** The delivery, signed with this secret; null where that cannot be done here. */
export type SampleDelivery<Settings> = (
  said: SampleSaid,
  context: { readonly settings: Settings; readonly secret: string; readonly now: Date },
) => InboundDelivery | null;

/** Why a delivery could not become feedback, worded for the person who mends the mapping. */
export type Mapped =
  | { readonly ok: true; readonly feedback: readonly [Feedback, ...Feedback[]] }
  | { readonly ok: false; readonly reason: string; readonly field: string | null };

/**
 * Where feedback comes from. `verify` gets every active secret, newest first, so that a rotation has an overlap; a source
 * without a secret cannot be stored, so it cannot reach this function.
 */
export interface SourceDefinition<Settings> {
  readonly kind: string;
  readonly title: string;
  readonly settings: z.ZodType<Settings>;
  readonly verify: (
    delivery: InboundDelivery,
    context: { readonly settings: Settings; readonly secrets: readonly [string, ...string[]]; readonly now: Date },
  ) => Verification;
  readonly toFeedback: (payload: unknown, settings: Settings, receivedAt: Date) => Mapped;
  /** The source's own ids of people who are to be forgotten; null: the delivery asks for no such thing, it is feedback. */
  readonly toErasures?: (payload: unknown, settings: Settings) => readonly string[] | null;
  /** Made up as its sender would send it; absent where nothing can be tried. */
  readonly sample?: SampleDelivery<Settings>;
}

export interface Source {
  readonly kind: string;
  readonly title: string;
  readonly settings: z.ZodType;
  readonly verify: (
    delivery: InboundDelivery,
    context: { readonly settings: unknown; readonly secrets: readonly [string, ...string[]]; readonly now: Date },
  ) => Verification;
  readonly toFeedback: (payload: unknown, settings: unknown, receivedAt: Date) => Mapped;
  readonly toErasures: (payload: unknown, settings: unknown) => readonly string[] | null;
  readonly sample: SampleDelivery<unknown>;
}

export function defineSource<Settings>(definition: SourceDefinition<Settings>): Source {
  return {
    ...definition,
    verify: (delivery, context) =>
      definition.verify(delivery, { ...context, settings: definition.settings.parse(context.settings) }),
    toFeedback: (payload, settings, receivedAt) =>
      definition.toFeedback(payload, definition.settings.parse(settings), receivedAt),
    toErasures: (payload, settings) => definition.toErasures?.(payload, definition.settings.parse(settings)) ?? null,
    sample: (said, context) =>
      definition.sample?.(said, { ...context, settings: definition.settings.parse(context.settings) }) ?? null,
  };
}

import type { TryEffect } from "../../server/tries/try-api.js";

/** What can go out as it is shown. */
export type SendableEffect = TryEffect & {
  readonly connection: NonNullable<TryEffect["connection"]>;
  readonly request: NonNullable<TryEffect["request"]>;
};

export const isSendable = (effect: TryEffect): effect is SendableEffect =>
  effect.connection !== null && effect.request !== null && effect.refused === null;

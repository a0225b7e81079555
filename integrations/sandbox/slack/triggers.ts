import { randomBytes } from "node:crypto";
import { SlackRefusal } from "./refusal.js";
import type { SlackState } from "./state.js";

const TRIGGER_LIFE_MS = 3000;

export const createTrigger = (state: SlackState, user: string): string => {
  const id = `${state.world.nextNumber("slack-trigger")}.${Math.floor(state.world.now())}.${randomBytes(8).toString("hex")}`;
  state.triggers.put(id, { id, user, issuedAt: state.world.now(), used: false });
  return id;
};

/** Good for three seconds, and once. Returns the person who clicked. */
export const useTrigger = (state: SlackState, id: string): string => {
  const trigger = state.triggers.get(id);
  if (trigger === undefined) throw new SlackRefusal("invalid_trigger_id");
  if (trigger.used) throw new SlackRefusal("exchanged_trigger_id");
  if (state.world.now() - trigger.issuedAt > TRIGGER_LIFE_MS) throw new SlackRefusal("expired_trigger_id");
  state.triggers.put(id, { ...trigger, used: true });
  return trigger.user;
};

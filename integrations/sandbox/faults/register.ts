import { setMaxListeners } from "node:events";
import { z } from "zod";
import type { SystemName } from "../system.js";
import { ruleMatches, type FaultSubject } from "./match.js";
import {
  DELIVERY_FAULTS,
  faultRuleSchema,
  SOCKET_FAULTS,
  STANDING_FAULTS,
  type FaultRule,
  type FaultRuleInput,
} from "./rule.js";

export interface ActiveFault {
  readonly id: string;
  readonly rule: FaultRule;
  /** Sandbox time, in milliseconds, at which the rule was set. */
  readonly since: number;
  /** Aborted when the rule is deleted; what it holds is let go then. */
  readonly gone: AbortSignal;
}

export interface FaultView {
  readonly id: string;
  readonly rule: FaultRule;
  /** How often it may still strike; null without end. */
  readonly remaining: number | null;
  readonly struck: number;
}

export interface FaultRegister {
  /** Returns the rule's id. */
  add(rule: FaultRuleInput): string;
  list(): FaultView[];
  remove(id: string): boolean;
  clear(): void;
  takeSocket(subject: FaultSubject): ActiveFault | undefined;
  takeDelivery(subject: FaultSubject): ActiveFault[];
  /** `subject` and `judged` belong to the request being answered; outside a request only system and kind are compared. */
  standing(ask: StandingQuestion): ActiveFault | undefined;
}

export interface StandingQuestion {
  readonly system: SystemName;
  readonly kind: string;
  readonly subject?: FaultSubject;
  readonly judged?: Map<string, boolean>;
}

interface Slot extends ActiveFault {
  readonly controller: AbortController;
  readonly random: () => number;
  seen: number;
  struck: number;
  remaining: number | null;
}

/** mulberry32: a seed gives the same chances every time. */
const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const has = (kinds: readonly string[], slot: Slot): boolean => kinds.includes(slot.rule.fault.kind);

const allowedTimes = (rule: FaultRule): number | null => {
  if (rule.times !== undefined) return rule.times;
  const { kind, count, n } = rule.fault;
  if (kind === "rate_limit" && count !== undefined) return count;
  if (kind === "lock_row") return n ?? null;
  const endless = rule.p !== undefined || STANDING_FAULTS.some((standing) => standing === kind);
  return endless ? null : 1;
};

const strike = (slot: Slot): boolean => {
  if (slot.remaining === 0) return false;
  slot.seen += 1;
  if (slot.seen < (slot.rule.match.nth ?? 1)) return false;
  if (slot.rule.p !== undefined && slot.random() >= slot.rule.p) return false;
  if (slot.remaining !== null) slot.remaining -= 1;
  slot.struck += 1;
  return true;
};

/** Throws an error that says why it is none. */
export const parseFaultRule = (input: unknown): FaultRule => {
  const parsed = faultRuleSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Error(`This is not a fault rule: ${z.prettifyError(parsed.error)}`);
};

const strikesNow = (slot: Slot, { system, kind, subject, judged }: StandingQuestion): boolean => {
  if (slot.rule.system !== system || slot.rule.fault.kind !== kind) return false;
  if (subject !== undefined && !ruleMatches(slot.rule, subject)) return false;
  const verdict = judged?.get(slot.id) ?? (subject === undefined ? slot.remaining !== 0 : strike(slot));
  judged?.set(slot.id, verdict);
  return verdict;
};

const createSlot = (id: string, rule: FaultRule, since: number): Slot => {
  const controller = new AbortController();
  // One rule may hold any number of calls.
  setMaxListeners(0, controller.signal);
  const random = seededRandom(rule.seed ?? 1);
  const counts = { seen: 0, struck: 0, remaining: allowedTimes(rule) };
  return { id, rule, since, gone: controller.signal, controller, random, ...counts };
};

export const createFaultRegister = (now: () => number, changed: () => void): FaultRegister => {
  const slots = new Map<string, Slot>();
  let counter = 0;

  const add = (rule: FaultRuleInput): string => {
    const id = `fault-${++counter}`;
    slots.set(id, createSlot(id, parseFaultRule(rule), now()));
    changed();
    return id;
  };
  const remove = (id: string): boolean => {
    const slot = slots.get(id);
    slots.delete(id);
    slot?.controller.abort();
    if (slot !== undefined) changed();
    return slot !== undefined;
  };
  const matching = (kinds: readonly string[], subject: FaultSubject): Slot[] =>
    [...slots.values()].filter((slot) => has(kinds, slot) && ruleMatches(slot.rule, subject));

  return {
    add,
    list: () => Array.from(slots.values(), ({ id, rule, remaining, struck }) => ({ id, rule, remaining, struck })),
    remove,
    clear: () => [...slots.keys()].forEach(remove),
    takeSocket: (subject) => matching(SOCKET_FAULTS, subject).find(strike),
    takeDelivery: (subject) => matching(DELIVERY_FAULTS, subject).filter(strike),
    standing: (question) => [...slots.values()].find((slot) => strikesNow(slot, question)),
  };
};

import type { FaultRegister } from "../faults/register.js";
import type { SystemName, World } from "../system.js";
import type { SandboxClock } from "./clock.js";
import { requestContext } from "./context.js";
import { createDeliverer } from "./deliver.js";
import type { EffectRegister } from "./effects.js";
import type { IdSource } from "./ids.js";
import type { RequestLog } from "./request-log.js";
import type { Store } from "./store.js";

export interface WorldParts {
  readonly store: Store;
  readonly ids: IdSource;
  readonly clock: SandboxClock;
  readonly faults: FaultRegister;
  readonly log: RequestLog;
  readonly effects: EffectRegister;
  readonly settings: Map<string, string>;
  readonly baseUrl: (system: SystemName) => string;
  readonly changed: (system: SystemName) => void;
}

const standingFault = ({ faults, log }: WorldParts): World["standingFault"] => {
  return (system, kind) => {
    const context = requestContext.getStore();
    if (context?.faultless === true) return undefined;
    const inRequest = context === undefined ? {} : { subject: context, judged: context.judged };
    const active = faults.standing({ system, kind, ...inRequest });
    if (active === undefined) return undefined;
    if (context !== undefined) log.note(context.entry, { fault: kind });
    return { ...active.rule.fault, ruleId: active.id, since: active.since };
  };
};

const recordEffect = (parts: WorldParts): World["recordEffect"] => {
  return (effect) => {
    const context = requestContext.getStore();
    if (context !== undefined) parts.log.note(context.entry, { key: effect.key });
    parts.effects.record(effect);
    parts.changed(effect.system);
  };
};

export const createWorld = (parts: WorldParts): World => ({
  now: () => parts.clock.now(),
  nextId: (prefix, length) => parts.ids.nextId(prefix, length),
  nextNumber: (name) => parts.ids.nextNumber(name),
  collection: (system, name) => parts.store.collection(`${system}/${name}`),
  schedule: (afterMs, run) => void parts.clock.schedule(afterMs, run),
  recordEffect: recordEffect(parts),
  deliver: createDeliverer(parts),
  standingFault: standingFault(parts),
  changed: parts.changed,
  baseUrl: parts.baseUrl,
  productUrl: () => parts.settings.get("productUrl") ?? "http://127.0.0.1:4000",
  setting: (name) => parts.settings.get(name),
});

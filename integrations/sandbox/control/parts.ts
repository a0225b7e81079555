import type { SandboxClock } from "../core/clock.js";
import type { EffectRegister } from "../core/effects.js";
import type { RequestLog } from "../core/request-log.js";
import type { Store } from "../core/store.js";
import type { FaultRegister } from "../faults/register.js";
import type { SandboxReply, SystemName } from "../system.js";
import type { EventHub } from "./events.js";

export interface SandboxInfo {
  readonly systems: Readonly<Record<string, string>>;
  readonly productUrl: string;
  readonly people: readonly { readonly id: string; readonly name: string; readonly title: string }[];
}

/** All that the control port steers. */
export interface ControlParts {
  readonly store: Store;
  readonly clock: SandboxClock;
  readonly faults: FaultRegister;
  readonly log: RequestLog;
  readonly effects: EffectRegister;
  readonly events: EventHub;
  readonly settings: Map<string, string>;
  readonly baseUrl: (system: SystemName) => string;
  readonly info: () => SandboxInfo;
  readonly reset: () => void;
  readonly seed: () => void;
  /** "click", or "slack/click". */
  readonly action: (name: string) => ((input: unknown) => Promise<SandboxReply> | SandboxReply) | undefined;
}

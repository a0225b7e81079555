import { controlListener } from "./control/routes.js";
import { createEventHub } from "./control/events.js";
import type { ControlParts, SandboxInfo } from "./control/parts.js";
import { publicState } from "./control/redact.js";
import { createClock } from "./core/clock.js";
import { createEffectRegister, type EffectReport } from "./core/effects.js";
import { createIds } from "./core/ids.js";
import { openRequestLog, type LogEntry } from "./core/request-log.js";
import { attach, closeServer, listen, urlOf, type Listening } from "./core/servers.js";
import { openStore } from "./core/store.js";
import { systemListener } from "./core/system-server.js";
import { createWorld, type WorldParts } from "./core/world.js";
import { createFaultRegister, type FaultRegister } from "./faults/register.js";
import { PEOPLE } from "./sandbox-accounts.js";
import type { CreateSystem, SandboxReply, SandboxSystem, SystemName } from "./system.js";

export interface SandboxOptions {
  /** The product's port: the page is at +1, Slack +2, Jira +3, Salesforce +4. Absent or 0: every server takes a free port. */
  readonly port?: number;
  /** Where everything is kept: its rows in one file, its log in another; absent: in memory only. */
  readonly dataDir?: string;
  readonly systems: readonly CreateSystem[];
  /** The product's address, to which clicks and webhooks go: "http://127.0.0.1:4000". */
  readonly deliverTo?: string;
  /** For example {"slack.interactivityUrl": "…"}; the names stand in FIDELITY.md. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly report?: (error: unknown) => void;
}

export interface Sandbox {
  /** Page and control. */
  readonly url: string;
  baseUrl(system: SystemName): string;
  readonly faults: Pick<FaultRegister, "add" | "list" | "remove" | "clear">;
  effects(key?: string): EffectReport;
  log(): LogEntry[];
  state(): Record<string, Record<string, unknown>>;
  advance(ms: number): Promise<void>;
  /** What a person does: act("click", {channel, ts, actionId, user}), act("submit", {viewId, values, user}). */
  act(name: string, input: object): Promise<SandboxReply>;
  set(name: string, value: string): void;
  reset(): void;
  close(): Promise<void>;
}

const PAGE_OFFSET = 1;

const defaultReport = (error: unknown): void => console.error("sandbox:", error);

const portAt = (port: number | undefined, offset: number): number =>
  port === undefined || port === 0 ? 0 : port + offset;

interface Ports {
  readonly page: Listening;
  readonly systems: ReadonlyMap<SystemName, Listening>;
}

/** All ports or none. */
const openPorts = async (port: number | undefined, systems: readonly SandboxSystem[]): Promise<Ports> => {
  const opened: Listening[] = [];
  const open = async (offset: number): Promise<Listening> => {
    const listening = await listen(portAt(port, offset));
    opened.push(listening);
    return listening;
  };
  try {
    const page = await open(PAGE_OFFSET);
    const byName = new Map<SystemName, Listening>();
    for (const system of systems) byName.set(system.name, await open(system.portOffset));
    return { page, systems: byName };
  } catch (error) {
    await Promise.all(opened.map(closeServer));
    throw error;
  }
};

/** Everything but sockets. */
const createParts = (options: SandboxOptions, baseUrl: (system: SystemName) => string) => {
  const report = options.report ?? defaultReport;
  const store = openStore(options.dataDir);
  const events = createEventHub();
  const clock = createClock(report);
  const faults = createFaultRegister(
    () => clock.now(),
    () => events.changed("faults"),
  );
  const log = openRequestLog({ dataDir: options.dataDir, changed: () => events.changed("log") });
  const effects = createEffectRegister(store.collection("core/effects"), () => clock.now());
  const ids = createIds(store.collection("core/counters"));
  const settings = new Map(Object.entries(options.settings ?? {}));
  if (options.deliverTo !== undefined) settings.set("productUrl", options.deliverTo);
  const changed = (system: SystemName): void => events.changed(system);
  const world: WorldParts = { store, ids, clock, faults, log, effects, settings, baseUrl, changed };
  return { ...world, events, report };
};

type Parts = ReturnType<typeof createParts>;

const createControl = (parts: Parts, systems: readonly SandboxSystem[]): ControlParts => {
  const seed = (): void => systems.forEach((system) => system.seed());
  const reset = (): void => {
    parts.clock.reset();
    parts.faults.clear();
    parts.log.clear();
    parts.store.clear();
    seed();
    for (const system of systems) parts.changed(system.name);
  };
  const action: ControlParts["action"] = (name) => {
    const [first = "", second] = name.split("/");
    const chosen = second === undefined ? systems : systems.filter((system) => system.name === first);
    const verb = second ?? first;
    const owner = chosen.find((system) => Object.hasOwn(system.actions ?? {}, verb));
    const act = owner?.actions?.[verb];
    return act === undefined ? undefined : (input) => act(input);
  };
  const info = (): SandboxInfo => ({
    systems: Object.fromEntries(systems.map((system) => [system.name, parts.baseUrl(system.name)])),
    productUrl: parts.settings.get("productUrl") ?? "",
    people: PEOPLE.map(({ id, name, title }) => ({ id, name, title })),
  });
  return { ...parts, info, reset, seed, action };
};

const attachAll = (ports: Ports, parts: Parts, control: ControlParts, systems: readonly SandboxSystem[]): void => {
  const steer = controlListener(control);
  attach(ports.page, (message, response) => void steer(message, response));
  for (const system of systems) {
    const listening = ports.systems.get(system.name);
    if (listening === undefined) continue;
    const listener = systemListener({ ...parts, system, baseUrl: () => urlOf(listening) });
    attach(listening, (message, response) => void listener(message, response), system);
  }
};

const describe = (ports: Ports, parts: Parts, control: ControlParts, systems: readonly SandboxSystem[]): Sandbox => ({
  url: urlOf(ports.page),
  baseUrl: (system) => parts.baseUrl(system),
  faults: parts.faults,
  effects: (key) => parts.effects.report(key),
  log: () => parts.log.all(),
  state: () => publicState(parts.store.dump()),
  advance: (ms) => parts.clock.advance(ms),
  act: async (name, input) => {
    const action = control.action(name);
    if (action === undefined) throw new Error(`The sandbox has no control called ${name}.`);
    return action(input);
  },
  set: (name, value) => void parts.settings.set(name, value),
  reset: control.reset,
  close: async () => {
    parts.faults.clear();
    parts.events.close();
    for (const system of systems) system.stop?.();
    await Promise.all([ports.page, ...ports.systems.values()].map(closeServer));
    parts.clock.reset();
    parts.store.close();
    parts.log.close();
  },
});

/** Starts the sandbox on loopback ports. Errors: a taken port, or a journal that cannot be read. */
export const startSystems = async (options: SandboxOptions): Promise<Sandbox> => {
  const addresses = new Map<SystemName, string>();
  const baseUrl = (system: SystemName): string => {
    const address = addresses.get(system);
    if (address === undefined) throw new Error(`This sandbox runs no ${system}.`);
    return address;
  };
  const parts = createParts(options, baseUrl);
  const systems = options.systems.map((create) => create(createWorld(parts)));
  const ports = await openPorts(options.port, systems);
  parts.settings.set("pageUrl", urlOf(ports.page));
  for (const [name, listening] of ports.systems) addresses.set(name, urlOf(listening));
  const control = createControl(parts, systems);
  control.seed();
  attachAll(ports, parts, control, systems);
  return describe(ports, parts, control, systems);
};

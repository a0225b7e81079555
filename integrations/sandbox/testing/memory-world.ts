import type {
  Collection,
  CreateSystem,
  Delivery,
  DeliveryResult,
  SandboxSystem,
  SystemName,
  World,
} from "../system.js";
import { serveSystem } from "./serve-system.js";

export interface MemoryWorld extends World {
  /** Moves the sandbox clock and runs what fell due. */
  advance(ms: number): Promise<void>;
  setFault(system: SystemName, fault: string, value: Readonly<Record<string, unknown>> | undefined): void;
  set(setting: string, value: string): void;
  setBaseUrl(url: string): void;
  readonly effects: readonly { system: SystemName; key: string; externalId: string; url: string }[];
  readonly deliveries: readonly Delivery[];
  /** Everything that a restart would find on disk. */
  snapshot(): Saved;
}

export interface Saved {
  readonly tables: readonly (readonly [string, readonly (readonly [string, string])[]])[];
  readonly counters: readonly (readonly [string, number])[];
  readonly clock: number;
}

interface Timer {
  readonly at: number;
  readonly run: () => void | Promise<void>;
}

/** A world in memory with a clock that stands still until it is moved. Rows go through JSON, as they would through the disk. */
export function createMemoryWorld(saved?: Saved): MemoryWorld {
  const tables = new Map((saved?.tables ?? []).map(([name, rows]) => [name, new Map(rows)]));
  const counters = new Map(saved?.counters ?? []);
  const faults = new Map<string, Readonly<Record<string, unknown>>>();
  const settings = new Map<string, string>();
  const effects: { system: SystemName; key: string; externalId: string; url: string }[] = [];
  const deliveries: Delivery[] = [];
  let timers: Timer[] = [];
  let clock = saved?.clock ?? Date.now();
  let url = "http://127.0.0.1:1";

  const nextNumber = (name: string) => {
    const next = (counters.get(name) ?? 0) + 1;
    counters.set(name, next);
    return next;
  };
  const runDue = async () => {
    const due = timers.filter(({ at }) => at <= clock);
    timers = timers.filter(({ at }) => at > clock);
    for (const { run } of due) await run();
  };

  return {
    now: () => clock,
    nextNumber,
    nextId: (prefix, length = 11) => prefix + String(nextNumber(`id:${prefix}`)).padStart(length - prefix.length, "0"),
    collection: <Row extends object>(system: SystemName, name: string) => {
      const key = `${system}/${name}`;
      const rows = tables.get(key) ?? new Map<string, string>();
      tables.set(key, rows);
      return jsonCollection<Row>(rows);
    },
    schedule: (afterMs, run) => void timers.push({ at: clock + afterMs, run }),
    recordEffect: (effect) => void effects.push(effect),
    deliver: (delivery) => {
      deliveries.push(delivery);
      return Promise.resolve<DeliveryResult>({ status: 200, body: "" });
    },
    standingFault: (system, fault) => faults.get(`${system}/${fault}`),
    changed: () => undefined,
    baseUrl: () => url,
    productUrl: () => "http://127.0.0.1:4000",
    setting: (name) => settings.get(name),
    set: (name, value) => void settings.set(name, value),
    async advance(ms) {
      clock += ms;
      await runDue();
    },
    setFault(system, fault, value) {
      if (value) faults.set(`${system}/${fault}`, value);
      else faults.delete(`${system}/${fault}`);
    },
    setBaseUrl: (next) => void (url = next),
    effects,
    deliveries,
    snapshot: () => ({ tables: [...tables].map(([name, rows]) => [name, [...rows]]), counters: [...counters], clock }),
  };
}

function jsonCollection<Row extends object>(rows: Map<string, string>): Collection<Row> {
  // Rows come back from their own JSON; the collection's user is their only writer.
  const parse = (json: string) => JSON.parse(json) as Row;
  return {
    get: (id) => {
      const json = rows.get(id);
      return json === undefined ? undefined : parse(json);
    },
    all: () => [...rows.values()].map(parse),
    put: (id, row) => void rows.set(id, JSON.stringify(row)),
    delete: (id) => void rows.delete(id),
  };
}

export interface Served {
  readonly world: MemoryWorld;
  readonly system: SandboxSystem;
  readonly url: string;
  close(): Promise<void>;
}

/** A seeded system behind a real loopback server. */
export async function serveInMemory(create: CreateSystem, saved?: Saved): Promise<Served> {
  const world = createMemoryWorld(saved);
  const system = create(world);
  system.seed();
  const { url, close } = await serveSystem(system);
  world.setBaseUrl(url);
  return { world, system, url, close };
}

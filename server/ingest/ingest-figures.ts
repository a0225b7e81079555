import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** What this process does with what arrives, for its metrics. */
export interface IngestFigures {
  /** Stored and about to be answered, milliseconds after it was read and verified. */
  acknowledged(ms: number): void;
  /** Refused with 503, because too much waits already. */
  shed(): void;
  /** Tells how many wait to be stored, whenever somebody reads. */
  watch(waiting: () => number): void;
}

/** Seconds: a commit to disk takes a few milliseconds, a queue under load up to seconds. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createIngestFigures(registry: Registry): IngestFigures {
  const registers = [registry];
  const acknowledged = new Histogram({
    name: "loopwright_ack_seconds",
    help: "From a verified delivery until it is durable",
    buckets: BUCKETS,
    registers,
  });
  const shed = new Counter({
    name: "loopwright_shed_total",
    help: "Deliveries refused with 503 because too many waited to be stored; their senders send them again",
    registers,
  });
  return {
    acknowledged: (ms) => acknowledged.observe(ms / 1_000),
    shed: () => shed.inc(),
    watch(waiting) {
      new Gauge({
        name: "loopwright_ingest_waiting",
        help: "Deliveries that wait to be stored",
        registers,
        collect() {
          this.set(waiting());
        },
      });
    },
  };
}

import type { FaultRegister } from "../faults/register.js";
import type { Fault } from "../faults/rule.js";
import type { Delivery, DeliveryResult } from "../system.js";
import type { SandboxClock } from "./clock.js";
import { redactPath, type LogEntry, type RequestLog } from "./request-log.js";

interface DeliveryOptions {
  readonly faults: FaultRegister;
  readonly clock: SandboxClock;
  readonly log: RequestLog;
}

const DEFAULT_DELAY_MS = 1000;
/** How long a delivery that shall be overtaken waits for another one. */
const REORDER_LIMIT_MS = 2000;

const waitFor = (clock: SandboxClock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.schedule(ms, resolve));

/** The same length and alphabet, another value. */
const spoil = (signature: string): string => signature.slice(0, -1) + (signature.endsWith("0") ? "1" : "0");

const spoilSignatures = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, /signature/i.test(name) ? spoil(value) : value]),
  );

const post = async (
  delivery: Delivery,
  headers: Record<string, string>,
  clock: SandboxClock,
): Promise<DeliveryResult> => {
  const controller = new AbortController();
  const cancel = clock.schedule(delivery.timeoutMs, () => controller.abort());
  try {
    const options = {
      method: "POST",
      headers,
      body: delivery.body,
      redirect: "manual",
      signal: controller.signal,
    } as const;
    const response = await fetch(delivery.url, options);
    return { status: response.status, body: await response.text() };
  } catch {
    // Refused, reset, or too late: to the sender they are all "no answer", which the caller sees and the log keeps.
    return { status: null, body: "" };
  } finally {
    cancel();
  }
};

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);

const attempt = async (
  { clock, log }: DeliveryOptions,
  delivery: Delivery,
  { entry, count }: { entry: LogEntry; count: number },
) => {
  const spoilt = entry.fault?.includes("bad_signature") === true;
  const headers = { ...delivery.headers, ...(count === 0 ? {} : delivery.retryHeaders?.(count)) };
  const result =
    delivery.transport === undefined
      ? await post(delivery, spoilt ? spoilSignatures(headers) : headers, clock)
      : await delivery.transport(delivery.body, count);
  log.note(entry, { status: result.status });
  return result;
};

/** One copy of a delivery, with its redeliveries, until it is accepted or the sender gives up. */
const attemptAll = async (options: DeliveryOptions, delivery: Delivery, fault: string): Promise<DeliveryResult> => {
  const { clock, log } = options;
  const waits = [0, ...delivery.retryAfterMs];
  let result: DeliveryResult = { status: null, body: "" };
  for (const [count, wait] of waits.entries()) {
    if (count > 0) await waitFor(clock, wait);
    const path = redactPath(pathOf(delivery.url));
    const base = { at: clock.now(), system: delivery.system, direction: "out", method: "POST", path } as const;
    const operation = count === 0 ? "delivery" : `redelivery ${count}`;
    const entry = log.add({ ...base, operation, status: null, ...(fault === "" ? {} : { fault }) });
    result = await attempt(options, delivery, { entry, count });
    if (result.status !== null && delivery.accepted(result.status, result.body)) return result;
  }
  return result;
};

interface Overtaking {
  /** Resolves when another delivery has gone out, or after a while. */
  wait(): Promise<void>;
  release(): void;
}

const createOvertaking = (clock: SandboxClock): Overtaking => {
  const waiting = new Set<() => void>();
  return {
    wait: () =>
      new Promise((resolve) => {
        const release = (): void => {
          waiting.delete(release);
          cancel();
          resolve();
        };
        const cancel = clock.schedule(REORDER_LIMIT_MS, release);
        waiting.add(release);
      }),
    release: () => {
      for (const release of [...waiting]) release();
    },
  };
};

export const createDeliverer = (options: DeliveryOptions) => {
  const { faults, clock } = options;
  const overtaking = createOvertaking(clock);

  const struckBy = (delivery: Delivery): Fault[] => {
    const operation = { name: "delivery", writes: true };
    const subject = {
      system: delivery.system,
      method: "POST",
      path: pathOf(delivery.url),
      operation,
      body: delivery.body,
    };
    return faults.takeDelivery(subject).map((active) => active.rule.fault);
  };

  return async (delivery: Delivery): Promise<DeliveryResult> => {
    const struck = struckBy(delivery);
    const find = (kind: string): Fault | undefined => struck.find((fault) => fault.kind === kind);
    const delay = find("delay_delivery");
    if (delay !== undefined) await waitFor(clock, delay.ms ?? DEFAULT_DELAY_MS);
    if (find("reorder") !== undefined) await overtaking.wait();
    const duplicate = find("dup_delivery");
    const copies = duplicate === undefined ? 1 : 1 + (duplicate.n ?? 1);
    const names = struck.map((fault) => fault.kind).join(" ");
    const results = await Promise.all(Array.from({ length: copies }, () => attemptAll(options, delivery, names)));
    overtaking.release();
    return results[0] ?? { status: null, body: "" };
  };
};

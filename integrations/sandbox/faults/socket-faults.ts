import type { Exchange } from "../core/exchange.js";
import type { SandboxClock } from "../core/clock.js";
import type { SystemName } from "../system.js";
import type { ActiveFault } from "./register.js";
import type { Fault, SocketFault } from "./rule.js";
import { htmlReply, rateLimitReply, serverErrorReply } from "./vendor-replies.js";

interface Scene {
  readonly exchange: Exchange;
  readonly fault: Fault;
  readonly active: ActiveFault;
  readonly system: SystemName;
  readonly clock: SandboxClock;
  readonly baseUrl: string;
}

type Performer = (scene: Scene) => Promise<void> | void;

const DEFAULT_DELAY_MS = 1000;

/** Ends early when the rule is deleted, but not when the client goes: what is under way lands all the same. */
const pause = ({ clock, active }: Scene, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.schedule(ms, resolve);
    const release = (): void => {
      cancel();
      resolve();
    };
    active.gone.addEventListener("abort", release, { once: true });
  });

const untilReleased = (scene: Scene): Promise<void> => {
  if (scene.active.gone.aborted) return Promise.resolve();
  const deleted = new Promise<void>((resolve) =>
    scene.active.gone.addEventListener("abort", () => resolve(), { once: true }),
  );
  return Promise.race([deleted, scene.exchange.gone]);
};

const applyThen = async (scene: Scene, finish: (scene: Scene) => Promise<void> | void): Promise<void> => {
  await scene.exchange.apply();
  await finish(scene);
};

const latency: Performer = async (scene) => {
  await pause(scene, scene.fault.ms ?? DEFAULT_DELAY_MS);
  scene.exchange.send(await scene.exchange.apply());
};

/** Taken and never answered; when the rule goes, so does the connection. */
const stallHeaders: Performer = (scene) =>
  applyThen(scene, async () => {
    await untilReleased(scene);
    scene.exchange.hangUp();
  });

const stallBody: Performer = async (scene) => {
  await scene.exchange.sendPart(await scene.exchange.apply(), scene.fault.bytes ?? 0);
  await untilReleased(scene);
  scene.exchange.hangUp();
};

const truncateBody: Performer = async (scene) => {
  await scene.exchange.sendPart(await scene.exchange.apply(), scene.fault.bytes);
  scene.exchange.hangUp();
};

const applyLate: Performer = (scene) => {
  scene.clock.schedule(scene.fault.ms ?? DEFAULT_DELAY_MS, async () => {
    await scene.exchange.apply();
  });
  scene.exchange.reset();
};

const holdAfterApply: Performer = async (scene) => {
  const reply = await scene.exchange.apply();
  await untilReleased(scene);
  if (scene.active.gone.aborted) scene.exchange.send(reply);
};

const answer: Performer = (scene) => {
  const { code = 500, headers = {}, body = "" } = scene.fault;
  scene.exchange.send({ status: code, headers, body });
};

const redirect: Performer = ({ exchange, fault, baseUrl }) => {
  const location = fault.location ?? `${baseUrl}${encodeURI(exchange.request.path)}`;
  exchange.send({ status: fault.code ?? 302, headers: { location } });
};

export const performSocketFault: Record<SocketFault, Performer> = {
  latency,
  stall_headers: stallHeaders,
  stall_body: stallBody,
  truncate_body: truncateBody,
  rst_before_apply: ({ exchange }) => exchange.reset(),
  rst_after_apply: (scene) => applyThen(scene, ({ exchange }) => exchange.reset()),
  apply_late: applyLate,
  hold_after_apply: holdAfterApply,
  status: answer,
  rate_limit: ({ exchange, system, fault }) => exchange.send(rateLimitReply(system, fault.retryAfter ?? 1)),
  "5xx_after_apply": (scene) =>
    applyThen(scene, ({ exchange, fault }) => exchange.send(serverErrorReply(fault.code ?? 503))),
  html_200: ({ exchange }) => exchange.send(htmlReply()),
  redirect,
};

export const isSocketFault = (kind: string): kind is SocketFault => Object.hasOwn(performSocketFault, kind);

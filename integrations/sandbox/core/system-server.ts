import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultRegister } from "../faults/register.js";
import { isSocketFault, performSocketFault } from "../faults/socket-faults.js";
import type { Operation, SandboxReply, SandboxRequest, SandboxSystem } from "../system.js";
import type { SandboxClock } from "./clock.js";
import { requestContext, type RequestContext } from "./context.js";
import { createExchange, readBody, toSandboxRequest, type Exchange } from "./exchange.js";
import { findKey, redactPath, type RequestLog } from "./request-log.js";

/** Sent by the sandbox page: a person acts there, and faults are for the product. */
export const PAGE_HEADER = "x-sandbox-page";

export interface SystemServerOptions {
  readonly system: SandboxSystem;
  readonly faults: FaultRegister;
  readonly clock: SandboxClock;
  readonly log: RequestLog;
  readonly baseUrl: () => string;
  readonly report: (error: unknown) => void;
}

const unsupported = (request: SandboxRequest): SandboxReply => ({
  status: 501,
  headers: { "x-fake-unsupported": `${request.method} ${encodeURI(request.path)}` },
  body: { sandbox: `The sandbox does not know ${request.method} ${request.path}.` },
});

const failed = (error: unknown): SandboxReply => ({
  status: 500,
  headers: { "x-fake-error": "1" },
  body: { sandbox: `The sandbox itself failed: ${error instanceof Error ? error.message : String(error)}` },
});

const logRequest = (options: SystemServerOptions, request: SandboxRequest, operation: Operation): RequestContext => {
  const { log, clock, system } = options;
  const key = findKey(request.body.toString("latin1")) ?? findKey(request.path);
  const entry = log.add({
    at: clock.now(),
    system: system.name,
    direction: "in",
    method: request.method,
    path: redactPath(request.path),
    operation: operation.name,
    status: null,
    ...(key === undefined ? {} : { key }),
  });
  const faultless = request.headers[PAGE_HEADER] !== undefined;
  return {
    system: system.name,
    method: request.method,
    path: request.path,
    operation,
    body: request.body,
    entry,
    judged: new Map(),
    faultless,
  };
};

const answer = async (options: SystemServerOptions, context: RequestContext, exchange: Exchange): Promise<void> => {
  const active = context.faultless ? undefined : options.faults.takeSocket(context);
  const kind = active?.rule.fault.kind;
  if (active === undefined || kind === undefined || !isSocketFault(kind)) {
    exchange.send(await exchange.apply());
    return;
  }
  options.log.note(context.entry, { fault: kind });
  const scene = { exchange, fault: active.rule.fault, active, system: context.system, clock: options.clock };
  return performSocketFault[kind]({ ...scene, baseUrl: options.baseUrl() });
};

/** The request listener of one system's port: read, log, fault, apply, answer. */
export const systemListener =
  (options: SystemServerOptions) =>
  async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const request = toSandboxRequest(message, await readBody(message));
      const operation = options.system.operation(request);
      const context = logRequest(options, request, operation);
      const apply = (): Promise<SandboxReply> =>
        requestContext.run(context, () => perform(options, request, operation));
      const sent = (status: number): void => options.log.note(context.entry, { status });
      await answer(options, context, createExchange({ message, response, request, apply, sent }));
    } catch (error) {
      // The client went away in the middle of its request: nothing was applied and nobody is left to answer.
      if (message.destroyed && !message.complete) return;
      options.report(error);
      message.socket.destroy();
    }
  };

const perform = async (
  options: SystemServerOptions,
  request: SandboxRequest,
  operation: Operation,
): Promise<SandboxReply> => {
  if (operation.name === "unsupported") return unsupported(request);
  try {
    return await options.system.handle(request, operation);
  } catch (error) {
    options.report(error);
    return failed(error);
  }
};
